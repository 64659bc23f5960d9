import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { screenshot } from '../kit/screenshots';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thawJson } from '../kit/thaw-cli';
import { TryPage } from '../kit/try-page';
import { until } from '../kit/until';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });

interface Runs { data: { runs: { nodes: { name: string; status: string; backend: string; finalMetrics: { key: string; value: number }[] }[] } } }

interface Tried {
  data: { runs: { nodes: {
    id: string;
    artifacts: { kind: string; files: { sha256: string }[] }[];
    evaluation: { classes: string[]; predictions: { nodes: { label: string; picture: { id: string; path: string; sha256: string } }[] } };
  }[] } };
}

/** A newcomer's first two minutes, on the backend that every machine has. */
describe('the first visit', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { env: { THAW_BACKEND: 'wasm' } });
  let dashboard: Dashboard;

  beforeAll(async () => {
    if (!chromiumPath) return;
    dashboard = await Dashboard.open(on.browser, on.stack.url);
  }, 120_000);

  inBrowser('one click shows transfer learning beat training from scratch, in under two minutes', async () => {
    const { page } = dashboard;
    await page.getByRole('heading', { name: 'See transfer learning beat training from scratch', exact: true }).waitFor();
    await screenshot(page, 'first-visit');
    const started = Date.now();
    await page.getByRole('button', { name: 'Launch the three demo runs', exact: true }).click();
    await until('three finished runs', () => dashboard.rows(), (rows) => rows.filter((row) => row.includes('Finished')).length === 3, 120_000);
    expect(Date.now() - started).toBeLessThan(120_000);
    await page.getByRole('img', { name: /Chart of val\/accuracy.*frozen-head/ }).waitFor();
    // They stand there: nothing is left to be shown.
    expect(await page.getByRole('button', { name: /new runs?\. Show/ }).count()).toBe(0);
    await screenshot(page, 'demo');

    const { data } = await thawJson<Runs>(on.stack.url, 'query', '{ runs(project: "demo") { nodes { name status backend finalMetrics { key value } } } }');
    const accuracy = (name: string) => data.runs.nodes.find((run) => run.name === name)!.finalMetrics.find(({ key }) => key === 'val/accuracy')!.value;
    expect(data.runs.nodes.map(({ backend }) => backend)).toEqual(['wasm', 'wasm', 'wasm']);
    expect(Math.max(accuracy('frozen-head'), accuracy('last-block'))).toBeGreaterThan(accuracy('from-scratch') + 0.05);
  }, 180_000);

  inBrowser('the model, in the browser, says of validation pictures what the trainer recorded', async () => {
    const { data: { runs } } = await thawJson<Tried>(on.stack.url, 'query', `{ runs(project: "demo", filter: { name: { eq: "frozen-head" } }) { nodes { id
      artifacts { kind files { sha256 } } evaluation { classes predictions(first: 6) { nodes { label picture { id path sha256 } } } } } } }`);
    const { id, artifacts, evaluation } = runs.nodes[0]!;
    const blob = (sha256: string) => fetch(`${on.stack.url}/blobs/${sha256}`);
    const recorded = (await (await blob(artifacts.find(({ kind }) => kind === 'EVALUATION')!.files[0]!.sha256)).json()) as { predictions: { picture: string; probabilities: number[] }[] };
    const expectRecorded = (scores: Map<string, number>, picture: string) => {
      const { probabilities } = recorded.predictions.find((each) => each.picture === picture)!;
      expect([...scores.keys()].sort()).toEqual([...evaluation.classes].sort());
      const differences = evaluation.classes.map((label, index) => Math.abs(scores.get(label)! - probabilities[index]!));
      expect(Math.max(...differences)).toBeLessThan(1e-4);
    };

    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/runs/${id}`);
    await page.getByRole('link', { name: 'Try the model', exact: true }).click();
    const tried = new TryPage(page);
    await tried.loaded();
    // This Chromium has no graphics card.
    expect(await tried.backend()).toContain('computed by WebAssembly');
    for (const { label, picture } of evaluation.predictions.nodes) {
      await tried.pickExample(picture.path, label);
      expectRecorded(await tried.scores(picture.path), picture.id);
    }

    const { picture } = evaluation.predictions.nodes[0]!;
    await tried.drop([
      { name: 'dropped.png', type: 'image/png', bytes: new Uint8Array(await (await blob(picture.sha256)).arrayBuffer()) },
      { name: 'notes.txt', type: 'text/plain', bytes: new TextEncoder().encode('no picture') },
    ]);
    expectRecorded(await tried.scores('dropped.png'), picture.id);
    await page.getByText('notes.txt is no picture this browser can read').waitFor();
    await screenshot(page, 'try-model');

    await page.getByRole('button', { name: 'Use the camera', exact: true }).click();
    await page.getByText('The camera cannot be used').waitFor();
    expect(errors).toEqual([]);
  }, 120_000);

  inBrowser('a run is launched without a mouse', async () => {
    const { page } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/runs`);
    await page.getByRole('table', { name: 'Runs', exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'New run', exact: true }).waitFor();
    await page.getByLabel('Run name').focus();
    await page.keyboard.type('by-keyboard');
    await page.getByLabel('Epochs', { exact: true }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.getByText('Finished').first().waitFor({ timeout: 60_000 });
  }, 120_000);
});
