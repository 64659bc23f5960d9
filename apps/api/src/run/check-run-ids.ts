import { isId } from '@thaw/db';
import { badInput } from '../errors';

const mostRuns = 1000;

/** Each id once, in the spelling of the database. Ids of runs that do not exist, or no longer, are fine. */
export function checkRunIds(runIds: readonly string[], argument?: string): string[] {
  if (runIds.length > mostRuns) throw badInput(`runIds has ${runIds.length} ids; at most ${mostRuns} can be followed at once.`);
  const wrong = runIds.findIndex((id) => !isId(id));
  if (wrong >= 0) throw badInput(`${argument ?? `runIds[${wrong}]`} is ${JSON.stringify(runIds[wrong]!.slice(0, 100))}, which is no id of a run. An id looks like 0193d1a2-5c3f-7000-8000-0123456789ab; the runs query lists them.`);
  return [...new Set(runIds.map((id) => id.toLowerCase()))];
}
