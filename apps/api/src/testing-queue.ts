import { metricChunk } from '@thaw/db';
import type { TestApi } from './testing';

/** A run of the seeded dataset and backbone, claimed by a trainer of its own. */
export async function givenClaimedRun(api: TestApi): Promise<{ runId: string; leaseToken: string; trainerId: string }> {
  const { launchRun } = await api.gql('mutation { launchRun(input: { dataset: "flowers", backbone: "mobile", priority: 100 }) { run { id } userErrors { message } } }');
  return { ...(await claimNext(api)), runId: launchRun.run.id };
}

export async function claimNext(api: TestApi): Promise<{ runId: string; leaseToken: string; trainerId: string }> {
  const { registerTrainer } = await api.gql('mutation { registerTrainer(input: { name: "test-trainer", backend: "cpu" }) { trainer { id } } }');
  const trainerId: string = registerTrainer.trainer.id;
  const { claimRun } = await api.gql('mutation ($input: ClaimRunInput!) { claimRun(input: $input) { run { id } leaseToken } }', { input: { trainerId } });
  return { runId: claimRun.run.id, leaseToken: claimRun.leaseToken, trainerId };
}

export const countChunks = (api: TestApi): Promise<number> => api.db.$count(metricChunk);
