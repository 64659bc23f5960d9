import { setTimeout as sleep } from 'node:timers/promises';
import { forget, readOutcome, type Outcome } from '../checks/outcome';
import type { Installation } from '../installation';
import { launchOnce } from './launch';
import { hasEnded, observe } from './observe';
import type { Workload } from './workload';

const project = 'undisturbed';

/** Every config once, with nobody disturbing it: what the storm's runs must come to, by config. */
export async function trainReferences(installation: Installation, { configs }: Workload): Promise<Map<string, Outcome>> {
  const ids = new Map<string, string>();
  for (const [name, config] of Object.entries(configs)) ids.set(name, await launchOnce(installation, { project, name, config }));
  for (;; await sleep(200)) {
    const runs = await observe(installation, project);
    const ended = [...(runs?.values() ?? [])].filter(hasEnded);
    const failed = ended.find(({ status }) => status !== 'FINISHED');
    if (failed) throw new Error(`The undisturbed run ${failed.name} ended as ${failed.status}: ${failed.error}`);
    if (ended.length === ids.size) break;
  }
  const outcomes = new Map(await Promise.all([...ids].map(async ([name, id]) => [name, await readOutcome(installation, id)] as const)));
  await forget(installation, [...ids.values()]);
  return outcomes;
}
