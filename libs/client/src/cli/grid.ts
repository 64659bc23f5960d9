import { hyperparameterFields, readValues } from '@thaw/config';
import { uuidv7 } from 'uuidv7';
import { LaunchRunsDocument, type LaunchRunsInput } from '../generated/graphql';
import { runAnswer } from './run-answer';
import { mistake, refused, type Outcome, type Session } from './session';
import { table } from './table';

export const gridHelp = 'several values of a hyperparameter, a run for every combination: learningRate=0.001,0.0003 or learningRate="1e-4..1e-2 x5 log" or seed=1..4; may be given again';

type Grid = Record<string, unknown[]>;

/** `key=values` pairs, as the launch form reads them. An unknown name goes on to the API, which names the nearest. */
export function parseGrid(pairs: readonly string[]): { ok: true; grid: Grid } | { ok: false; problems: string[] } {
  const grid: Grid = {};
  const problems: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const read = at < 1 ? { ok: false as const, message: 'is not key=values, such as --grid learningRate=0.001,0.0003.' } : readValues(hyperparameterFields.find((field) => field.name === name) ?? { name: 'seed', type: 'string' }, pair.slice(at + 1));
    if (read.ok) grid[name] = read.values;
    else problems.push(`--grid "${pair}": ${read.message}`);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, grid };
}

/** One launch for all of them; they share a tag, so that they are found again. */
export async function launchGrid({ client, say }: Session, input: Omit<LaunchRunsInput, 'requestId'>, wait: boolean | undefined): Promise<Outcome> {
  if (wait) return mistake('--wait waits for one run. Launch without it, then list them: thaw runs --search tag:NAME.');
  const requestId = uuidv7();
  const tag = `grid-${requestId.slice(-6)}`;
  const { launchRuns } = await client.request(LaunchRunsDocument, { input: { ...input, requestId, tags: [...(input.tags ?? []), tag] } });
  if (launchRuns.userErrors.length > 0) return refused(launchRuns.userErrors);
  say(`${launchRuns.runs.length} runs are queued. List them with: thaw runs --search tag:${tag}`);
  return { answer: { tag, runs: launchRuns.runs.map(runAnswer) }, text: table(['RUN', 'STATUS', 'ID'], launchRuns.runs.map(({ name, status, id }) => [name, status, id])) };
}
