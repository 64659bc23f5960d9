import type { Client } from '../client';
import { RunByIdDocument, RunsNamedDocument } from '../generated/graphql';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type FoundRun = { ok: true; id: string } | { ok: false; message: string };

/** RUN on the command line: an id, or a name that only one run has. deleted: by name, among the deleted ones. */
export async function findRun(client: Client, wanted: string, { deleted = false } = {}): Promise<FoundRun> {
  if (uuid.test(wanted)) {
    const { run } = await client.request(RunByIdDocument, { id: wanted });
    return run ? { ok: true, id: run.id } : { ok: false, message: `There is no run ${wanted}. See \`thaw runs\`.` };
  }
  const { runs } = await client.request(RunsNamedDocument, { name: wanted, deleted });
  const [only, another] = runs.nodes;
  if (!only) return { ok: false, message: deleted ? `No run named "${wanted}" is deleted. Give its id or name; \`thaw runs --filter '{"deleted":true}'\` lists those that are.` : `There is no run named "${wanted}". Give a run's id or name; \`thaw runs\` lists them.` };
  if (!another) return { ok: true, id: only.id };
  const choices = runs.nodes.map(({ id, createdAt }) => `  ${id}  ${createdAt}`).join('\n');
  return { ok: false, message: `Several runs are named "${wanted}". Give the id of one:\n${choices}` };
}
