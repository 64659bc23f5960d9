import type { Executor } from '../../connect';
import { runParam } from '../../schema';
import { ensureKeys } from '../key/ensure-keys';

const longestText = 256;

/** Takes a run's config apart into rows that searches use. Nested values get dotted keys; arrays are one value; null is none. */
export async function insertParams(tx: Executor, { id, projectId, config }: { id: string; projectId: string; config: Record<string, unknown> }): Promise<void> {
  const leaves = [...leavesOf(config)];
  if (leaves.length === 0) return;
  const keys = await ensureKeys(tx, projectId, 'PARAM', leaves.map(([name]) => name));
  await tx.insert(runParam).values(
    leaves.map(([name, value]) => ({
      runId: id,
      keyId: keys.get(name)!,
      number: typeof value === 'number' ? value : null,
      text: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestText),
    })),
  );
}

function* leavesOf(value: Record<string, unknown>, prefix = ''): Generator<[string, unknown]> {
  for (const [name, each] of Object.entries(value)) {
    if (each === null || each === undefined) continue;
    if (typeof each === 'object' && !Array.isArray(each)) yield* leavesOf(each as Record<string, unknown>, `${prefix}${name}.`);
    else yield [prefix + name, each];
  }
}
