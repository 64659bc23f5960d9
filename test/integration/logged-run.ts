import pg from 'pg';

/** A run as a reader of the API sees it. */
export interface ReadRun {
  id: string;
  name: string;
  status: string;
  error: string | null;
  config: Record<string, unknown>;
  tags: string[];
  notes: string | null;
  gitCommit: string | null;
  environment: Record<string, unknown>;
  artifacts: { name: string; kind: string; files: { path: string; sha256: string; size: number }[] }[];
}

export async function askApi<T>(url: string, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(`${query}\nanswered\n${JSON.stringify(errors, null, 2)}`);
  return data;
}

export async function readRun(url: string, id: string): Promise<ReadRun | null> {
  const { run } = await askApi<{ run: ReadRun | null }>(url, 'query ($id: ID!) { run(id: $id) { id name status error config tags notes gitCommit environment artifacts { name kind files { path sha256 size } } } }', { id });
  return run;
}

export const listRuns = async (url: string, project: string): Promise<{ id: string; name: string; status: string; error: string | null }[]> =>
  (await askApi<{ runs: { nodes: { id: string; name: string; status: string; error: string | null }[] } }>(url, 'query ($project: String) { runs(project: $project, first: 1000) { nodes { id name status error } } }', { project })).runs.nodes;

interface ReadPoints {
  steps: number[];
  values: (number | string)[];
}

/** Every point of one metric. */
export async function readPoints(url: string, runId: string, key: string): Promise<ReadPoints> {
  const { metricSeries } = await askApi<{ metricSeries: { points: ReadPoints }[] }>(url, 'query ($ids: [ID!]!, $keys: [String!]) { metricSeries(runIds: $ids, keys: $keys, maxPoints: 100000) { points } }', { ids: [runId], keys: [key] });
  return metricSeries[0]?.points ?? { steps: [], values: [] };
}

/** Points that the API took for one run, batch by batch: one that came twice would be in it twice. */
export async function countAccepted(databaseUrl: string, runId: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ sum: string | null }>('select sum(accepted) from metric_batch where run_id = $1', [runId]);
    return Number(rows[0]!.sum);
  } finally {
    await client.end();
  }
}
