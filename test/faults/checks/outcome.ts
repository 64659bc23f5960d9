import type { Installation } from '../installation';

/** What a run came to, as the API tells it. */
export interface Outcome {
  id: string;
  name: string;
  status: string;
  endReason: string | null;
  bestEpoch: number | null;
  epochs: number | null;
  finalMetrics: { key: string; value: number | null }[];
  artifacts: { name: string; kind: string; files: { path: string; sha256: string; size: number }[] }[];
  /** By key, points in the order they were answered. */
  series: Map<string, { steps: number[]; values: number[]; times: number[] }>;
}

type Answer = { run: Omit<Outcome, 'series'>; metricSeries: { key: string; points: { steps: number[]; values: number[]; times: number[] } }[] };

const query = `query ($id: ID!) {
  run(id: $id) { id name status endReason bestEpoch epochs finalMetrics { key value } artifacts { name kind files { path sha256 size } } }
  metricSeries(runIds: [$id], maxPoints: 100000) { key points }
}`;

export async function readOutcome(installation: Installation, id: string): Promise<Outcome> {
  const { run, metricSeries } = await installation.gql<Answer>(query, { id });
  return { ...run, series: new Map(metricSeries.map(({ key, points }) => [key, points])) };
}

/** Its outcomes are known; of its files nothing stays, so that the same ones have to be stored anew. */
export async function forget(installation: Installation, ids: readonly string[]): Promise<void> {
  await installation.gql('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { userErrors { message } } }', { ids });
  await installation.gql('mutation { collectGarbage { userErrors { message } } }');
}

/** Measured on the machine: no two trainings have the same. */
export const isMeasured = (key: string) => /^((twin|probe)\/)?(system\/|time\/|throughput)/.test(key);

/** The last epoch that was logged. */
export const lastEpoch = ({ series }: Outcome) => series.get('val/loss')?.steps.at(-1) ?? 0;
