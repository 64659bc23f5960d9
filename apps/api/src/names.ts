import { isUnprintable } from '@thaw/series';
import { userError, type UserError } from './errors';

const longest = 200;

/** Projects, runs, datasets and the like: shown in lists and typed on command lines. */
export function checkName(field: string, name: string): UserError[] {
  if (name.trim() !== '' && name.length <= longest && name === name.trim() && !isUnprintable(name)) return [];
  return [userError(field, 'INVALID_NAME', `${field} is ${JSON.stringify(name.slice(0, longest))}. It must have 1 to ${longest} characters, with no space at either end and no line break.`)];
}
