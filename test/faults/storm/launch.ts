import { setTimeout as sleep } from 'node:timers/promises';
import type { HyperparametersInput } from '@thaw/config';
import type { Installation } from '../installation';

interface RunAnswer {
  run: { id: string } | null;
  userErrors: { code: string; message: string }[];
}

export interface Launch {
  project: string;
  name: string;
  config: HyperparametersInput;
  /** Which trainers may take it; default: all. */
  constraints?: { labels: string[] } | { trainer: string };
}

const launchRun = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { code message } } }';

/** Launches it once, although the API may die between its commit and its answer: a run of the name is the proof. */
export async function launchOnce(installation: Installation, { project, name, config, constraints }: Launch): Promise<string> {
  const body = JSON.stringify({ query: launchRun, variables: { input: { dataset: 'halves', backbone: 'digits', project, name, config, constraints } } });
  for (;; await sleep(250)) {
    const [existing] = await installation.sql<{ id: string }>('select r.id from run r join project p on p.id = r.project_id where p.name = $1 and r.name = $2', [project, name]);
    if (existing) return existing.id;
    const response = await fetch(`${installation.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(20_000) }).catch(() => null);
    const answer = (await response?.json().catch(() => null)) as { data?: { launchRun: RunAnswer } | null } | null | undefined;
    const refused = answer?.data?.launchRun.userErrors[0];
    if (refused) throw new Error(`The run ${name} was refused: ${refused.message}`);
    if (answer?.data?.launchRun.run) return answer.data.launchRun.run.id;
  }
}

const mutations = { pause: 'pauseRun', resume: 'resumeRun', cancel: 'cancelRun', finish: 'finishRunEarly' } as const;

/** Whether it was taken; a refusal says that the run's state has changed meanwhile. */
export async function wish(installation: Installation, what: keyof typeof mutations, runId: string): Promise<boolean> {
  const name = mutations[what];
  const answer = await installation.gql<Record<string, RunAnswer>>(`mutation ($id: ID!) { ${name}(id: $id) { run { id } userErrors { code message } } }`, { id: runId });
  return answer[name]!.userErrors.length === 0;
}
