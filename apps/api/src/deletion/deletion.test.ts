import { run as runTable } from '@thaw/db';
import { eq } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { upload } from '../testing-files';
import { claimNext } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const errors = 'userErrors { field code message }';
const launch = async (input: object): Promise<string> => (await launchRun(input)).run.id;
const launchRun = async (input: object) => (await api.gql(`mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } ${errors} } }`, { input: { backbone: 'mobile', ...input } })).launchRun;
const onRuns = (name: 'deleteRuns' | 'restoreRuns') => async (...ids: string[]) => (await api.gql(`mutation ($ids: [ID!]!) { ${name}(ids: $ids) { runs { id } ${errors} } }`, { ids }))[name];
const deleteRuns = onRuns('deleteRuns');
const restoreRuns = onRuns('restoreRuns');
const onOne = (name: string, answer: string) => async (id: string, newName?: string) =>
  (await api.gql(newName ? `mutation ($id: ID!, $name: String) { ${name}(id: $id, name: $name) { ${answer} { name deletedAt } ${errors} } }` : `mutation ($id: ID!) { ${name}(id: $id) { ${answer} { name deletedAt } ${errors} } }`, { id, name: newName }))[name];
const deleteDataset = onOne('deleteDataset', 'dataset');
const restoreDataset = onOne('restoreDataset', 'dataset');
const deleteProject = onOne('deleteProject', 'project');
const restoreProject = onOne('restoreProject', 'project');
const datasetId = async (name: string, project: string): Promise<string> => (await api.gql('query ($name: String!, $project: String) { dataset(name: $name, project: $project) { id } }', { name, project })).dataset.id;
const projectId = async (name: string): Promise<string> => (await api.gql('query ($name: String!) { project(name: $name) { id } }', { name })).project.id;
const cancel = (id: string) => api.gql('mutation ($id: ID!) { cancelRun(id: $id) { run { id } } }', { id });
const cloneRun = async (input: object) => (await api.gql(`mutation ($input: CloneRunInput!) { cloneRun(input: $input) { run { id } ${errors} } }`, { input })).cloneRun;
const listed = async (filter: object = {}): Promise<string[]> => (await api.gql('query ($filter: RunFilter) { runs(filter: $filter, first: 1000) { nodes { id } } }', { filter })).runs.nodes.map(({ id }: { id: string }) => id);
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const names = (nodes: { name: string }[]) => nodes.map(({ name }) => name).sort();

test('deleted runs are out of sight, keep answering by id, and come back as they were', async () => {
  await givenDataset(api.db, 'petals', 'runs');
  const [kept, first, second] = [await launch({ dataset: 'petals', name: 'kept' }), await launch({ dataset: 'petals', name: 'first' }), await launch({ dataset: 'petals', name: 'second' })];
  const answer = await deleteRuns(second, first);
  expect(answer).toEqual({ runs: [{ id: second }, { id: first }], userErrors: [] });
  expect(await deleteRuns(second)).toEqual({ runs: [{ id: second }], userErrors: [] });
  expect((await api.gql('{ project(name: "runs") { runCount } }')).project.runCount).toBe(1);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { name status deletedAt } }', { id: first })).run).toEqual({ name: 'first', status: 'QUEUED', deletedAt: expect.any(String) });
  expect(await api.gql('{ runs(project: "runs") { totalCount nodes { id } statusCounts { status count } } runGroups(project: "runs", by: ["freeze"], metrics: []) { nodes { count } } }')).toMatchObject({ runs: { totalCount: 1, nodes: [{ id: kept }] }, runGroups: { nodes: [{ count: 1 }] } });
  expect((await listed({ deleted: true })).sort()).toEqual([first, second].sort());
  expect((await api.gql('{ dataset(name: "petals") { latestVersion { runs { nodes { id } } } } }')).dataset.latestVersion.runs.nodes).toEqual([{ id: kept }]);
  expect(codes(await cloneRun({ id: first }))).toEqual(['RUN_DELETED']);

  expect((await claimNext(api)).runId).toBe(kept);
  const { trainers } = await api.gql('{ trainers { id } }');
  const claim = async () => (await api.gql('mutation ($input: ClaimRunInput!) { claimRun(input: $input) { run { id } } }', { input: { trainerId: trainers[0].id } })).claimRun.run?.id ?? null;
  expect(await claim()).toBeNull();
  expect(await restoreRuns(first, second)).toEqual({ runs: [{ id: first }, { id: second }], userErrors: [] });
  expect((await api.gql('{ project(name: "runs") { runCount } }')).project.runCount).toBe(3);
  expect(await claim()).toBe(first);
  expect(await claim()).toBe(second);
});

test('one problem and nothing is deleted; each problem is named', async () => {
  await givenDataset(api.db, 'roots', 'refusals');
  const training = await launch({ dataset: 'roots', name: 'busy', priority: 9 });
  const { runId } = await claimNext(api);
  expect(runId).toBe(training);
  const waiting = await launch({ dataset: 'roots' });
  const nobody = '0197a000-0000-7000-8000-000000000000';
  const refused = await deleteRuns(waiting, nobody, training, 'no id');
  expect(refused).toMatchObject({ runs: [], userErrors: [{ field: 'ids.1', code: 'RUN_UNKNOWN' }, { field: 'ids.3', code: 'RUN_UNKNOWN' }, { field: 'ids.2', code: 'RUN_TRAINING', message: expect.stringContaining('Cancel it first') }] });
  const [row] = await api.db.select().from(runTable).where(eq(runTable.id, waiting));
  expect(row!.deletedAt).toBeNull();
  await cancel(training);
  expect((await deleteRuns(training)).userErrors[0].message).toContain('in a few seconds');
  expect(codes(await deleteRuns())).toEqual(['WRONG_NUMBER_OF_IDS']);
  expect(codes(await restoreRuns(nobody))).toEqual(['RUN_UNKNOWN']);
  expect((await deleteProject(await projectId('refusals'))).userErrors).toMatchObject([{ code: 'RUNS_ACTIVE', message: expect.stringContaining('"busy"') }]);
});

test('a deleted dataset cannot be launched on; its runs stay and name it; its name is free', async () => {
  await givenDataset(api.db, 'leaves', 'gone');
  const id = await datasetId('leaves', 'gone');
  const run = await launch({ dataset: 'leaves' });
  expect((await deleteDataset(id)).userErrors).toMatchObject([{ code: 'DATASET_IN_USE', message: expect.stringContaining(run) }]);
  await cancel(run);
  expect(await deleteDataset(id)).toMatchObject({ dataset: { name: 'leaves', deletedAt: expect.any(String) }, userErrors: [] });
  const seen = await api.gql('{ datasets(project: "gone") { nodes { name } totalCount } dataset(name: "leaves") { id } project(name: "gone") { datasetCount } deleted: datasets(project: "gone", deleted: true) { nodes { id name } totalCount } }');
  expect(seen).toEqual({ datasets: { nodes: [], totalCount: 0 }, dataset: null, project: { datasetCount: 0 }, deleted: { nodes: [{ id, name: 'leaves' }], totalCount: 1 } });
  expect((await launchRun({ dataset: 'leaves' })).userErrors).toMatchObject([{ field: 'dataset', code: 'DATASET_UNKNOWN', message: expect.not.stringMatching(/exist.*leaves|mean "leaves"/) }]);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { dataset { dataset { name deletedAt } } } }', { id: run })).run.dataset.dataset).toEqual({ name: 'leaves', deletedAt: expect.any(String) });

  expect((await cloneRun({ id: run })).userErrors).toMatchObject([{ field: 'dataset', code: 'DATASET_DELETED', message: expect.stringContaining(id) }]);

  await givenDataset(api.db, 'leaves', 'gone');
  expect((await restoreDataset(id)).userErrors).toMatchObject([{ field: 'name', code: 'NAME_TAKEN', message: expect.stringContaining('"leaves"') }]);
  expect(codes(await restoreDataset(id, ' '))).toEqual(['INVALID_NAME']);
  expect(await restoreDataset(id, 'old leaves')).toEqual({ dataset: { name: 'old leaves', deletedAt: null }, userErrors: [] });
  expect(names((await api.gql('{ datasets(project: "gone") { nodes { name } } }')).datasets.nodes)).toEqual(['leaves', 'old leaves']);
  expect(codes(await deleteDataset('x'))).toEqual(['DATASET_UNKNOWN']);
  expect(codes(await restoreDataset('0197a000-0000-7000-8000-000000000000'))).toEqual(['DATASET_UNKNOWN']);
});

test('a project goes with all that is in it and comes back with just that', async () => {
  await givenDataset(api.db, 'stems', 'garden');
  await givenDataset(api.db, 'buds', 'garden');
  const [early, late] = [await launch({ dataset: 'stems' }), await launch({ dataset: 'stems' })];
  await deleteRuns(early);
  await deleteDataset(await datasetId('buds', 'garden'));
  const id = await projectId('garden');
  const outside = await launch({ dataset: 'stems', project: 'neighbour' });
  expect((await deleteProject(id)).userErrors).toMatchObject([{ code: 'RUNS_ACTIVE', message: expect.stringContaining(outside) }]);
  await cancel(outside);

  expect(await deleteProject(id)).toMatchObject({ project: { name: 'garden', deletedAt: expect.any(String) }, userErrors: [] });
  const seen = await api.gql('{ project(name: "garden") { id } projects { nodes { name } } datasets { nodes { name } } deleted: projects(deleted: true) { nodes { id } totalCount } }');
  expect(seen).toMatchObject({ project: null, deleted: { nodes: [{ id }], totalCount: 1 } });
  expect([...names(seen.projects.nodes), ...names(seen.datasets.nodes)]).not.toEqual(expect.arrayContaining([expect.stringMatching(/garden|stems|buds/)]));
  expect(codes(await launchRun({ dataset: 'stems' }))).toEqual(['DATASET_UNKNOWN']);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { dataset { dataset { name } } } }', { id: outside })).run.dataset.dataset.name).toBe('stems');
  expect((await listed()).filter((each) => [early, late].includes(each))).toEqual([]);
  expect((await restoreRuns(late)).userErrors).toMatchObject([{ field: 'ids.0', code: 'PROJECT_DELETED', message: expect.stringContaining(id) }]);

  await api.gql('mutation { createProject(input: { name: "garden" }) { project { id } } }');
  expect((await restoreProject(id)).userErrors).toMatchObject([{ field: 'name', code: 'NAME_TAKEN' }]);
  expect(await restoreProject(id, 'old garden')).toEqual({ project: { name: 'old garden', deletedAt: null }, userErrors: [] });
  expect(await api.gql('{ project(name: "old garden") { runCount datasetCount } }')).toEqual({ project: { runCount: 1, datasetCount: 1 } });
  expect(codes(await deleteProject('x'))).toEqual(['PROJECT_UNKNOWN']);
});

test('nothing can be logged to a deleted run; once it is back its script goes on', async () => {
  const { createRun } = await api.gql(`mutation { createRun(input: { project: "scripts", config: { lr: 0.1 } }) { run { id } ${errors} } }`);
  const { id } = createRun.run;
  const sha256 = await upload(api, 'text');
  const write = async (batchId: string) => {
    const answers = await api.gql(
      `mutation ($metrics: LogMetricsInput!, $artifact: LogArtifactInput!, $log: AppendLogInput!, $update: UpdateRunInput!, $finish: FinishRunInput!) {
        logMetrics(input: $metrics) { ${errors} } logArtifact(input: $artifact) { ${errors} } appendLog(input: $log) { ${errors} } updateRun(input: $update) { ${errors} } finishRun(input: $finish) { ${errors} } }`,
      {
        metrics: { runId: id, batchId, columns: [{ key: 'loss', steps: [1], values: [2] }] },
        artifact: { runId: id, name: 'text', kind: 'TEXT', files: [{ path: 'a.txt', sha256 }] },
        log: { runId: id, lines: [{ line: 0, stream: 'STDOUT', at: new Date().toISOString(), text: 'hi' }] },
        update: { id, notes: 'n' },
        finish: { id },
      },
    );
    return Object.values(answers as Record<string, { userErrors: { code: string }[] }>).map(codes);
  };
  await deleteRuns(id);
  expect(await write('one')).toEqual(Array(5).fill(['RUN_DELETED']));
  await restoreRuns(id);
  await deleteProject(await projectId('scripts'));
  expect(await write('two')).toEqual(Array(5).fill(['RUN_DELETED']));
  await restoreProject((await api.gql('{ projects(deleted: true) { nodes { id name } } }')).projects.nodes.find(({ name }: { name: string }) => name === 'scripts').id);
  expect(await write('two')).toEqual(Array(5).fill([]));
});

test('whoever follows a run is told that it is deleted, and that it is back', async () => {
  const { createRun } = await api.gql('mutation { createRun(input: { project: "scripts" }) { run { id } userErrors { message } } }');
  const { id } = createRun.run;
  const events = api.subscribe('subscription ($id: ID!) { runChanged(id: $id) { id deletedAt } }', { id });
  const first = events.next();
  // The subscription begins when the server has it: deleted again and again until the first event shows that.
  let told = false;
  void first.then(() => (told = true));
  for (; !told; await new Promise((resolve) => setTimeout(resolve, 100))) await api.gql('mutation ($input: UpdateRunInput!) { updateRun(input: $input) { run { id } } }', { input: { id, notes: String(Math.random()) } });
  const until = async (wanted: unknown) => {
    for await (const { runChanged } of events) if (expect.objectContaining({ id, deletedAt: wanted }).asymmetricMatch(runChanged)) return;
  };
  await deleteRuns(id);
  await until(expect.any(String));
  await restoreRuns(id);
  await until(null);
  await events.return();
});

test('two who want one name at once: one gets it, the other is told', async () => {
  await api.gql('mutation { createProject(input: { name: "rivals" }) { project { id } } }');
  const old = await projectId('rivals');
  await deleteProject(old);
  await api.gql('mutation { createProject(input: { name: "rivals" }) { project { id } } }');
  const young = await projectId('rivals');
  await deleteProject(young);
  for (let round = 0; round < 5; round++) {
    const both = await Promise.all([restoreProject(old), restoreProject(young)]);
    expect(both.flatMap(codes)).toEqual(['NAME_TAKEN']);
    await deleteProject(await projectId('rivals'));
  }
});
