import type { Executor } from '../../connect';
import { runParam } from '../../schema';
import { ensureKeys } from '../key/ensure-keys';
import { paramsOf } from './params-of';

/** Takes a run's config apart into rows that searches use. */
export async function insertParams(tx: Executor, { id, projectId, config }: { id: string; projectId: string; config: Record<string, unknown> }): Promise<void> {
  const params = paramsOf(config);
  if (params.length === 0) return;
  const keys = await ensureKeys(tx, projectId, 'PARAM', params.map(({ key }) => key));
  await tx.insert(runParam).values(params.map(({ key, number, text }) => ({ runId: id, keyId: keys.get(key)!, number, text })));
}
