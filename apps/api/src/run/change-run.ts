import type { RunRow } from '@thaw/db';
import { updateRun } from '@thaw/db/queries/run/update-run';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import { checkJson, configLimits } from './check-json';
import { checkConstraints, toColumns } from './constraints';
import { checkLabels, distinct } from './check-run';
import type { Launched } from './launch';
import { deletedRun, unknownRun } from './refusals';
import type { UpdateRunInput } from './run.input';

/** Labels of any run; config of external ones only. */
export async function changeRun({ db }: Pick<Services, 'db'>, { id, name, tags, notes, config, priority, constraints }: UpdateRunInput): Promise<Launched> {
  const changesConfig = config !== null && config !== undefined;
  const userErrors = [...checkLabels({ name, tags, notes }), ...checkConstraints(constraints), ...(changesConfig ? checkJson('config', config, configLimits) : [])];
  if (userErrors.length > 0) return { run: null, userErrors };

  let problems: UserError[] = [];
  const merged = (before: RunRow['config']) => {
    const after = mergeObjects(before, config as RunRow['config']);
    problems = checkJson('config', after, configLimits);
    return problems.length === 0 ? after : null;
  };
  const updated = await updateRun(db, id, { name: name ?? undefined, tags: tags ? distinct(tags) : undefined, notes, priority: priority ?? undefined, ...(constraints ? toColumns(constraints) : {}), config: changesConfig ? merged : undefined });
  if (updated.ok) return { run: updated.run, userErrors: [] };
  switch (updated.reason) {
    case 'RUN_UNKNOWN':
      return { run: null, userErrors: [unknownRun('id', id)] };
    case 'RUN_DELETED':
      return { run: null, userErrors: [deletedRun('id', updated.run)] };
    case 'RUN_MANAGED':
      return { run: null, userErrors: [userError('config', 'RUN_MANAGED', `Run "${updated.run.name}" belongs to a trainer, which works from its config as it is. Clone it with another config: cloneRun.`)] };
    case 'RUN_NOT_WAITING':
      return { run: null, userErrors: [userError(priority === null || priority === undefined ? 'constraints' : 'priority', 'RUN_NOT_WAITING', `Run "${updated.run.name}" is ${updated.run.kind === 'EXTERNAL' ? 'logged by a script' : updated.run.status}. Priority and constraints are of use only while a run is QUEUED or PAUSED; pause it first, or clone it: cloneRun.`)] };
    case 'CONFIG_REFUSED':
      return { run: null, userErrors: problems };
  }
}

/** Objects within objects too; null takes a value away. */
function mergeObjects(before: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const merged = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) merged.delete(name);
    else if (isObject(value)) merged.set(name, mergeObjects(isObject(merged.get(name)) ? (merged.get(name) as Record<string, unknown>) : {}, value));
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
