import { hyperparameterFields, type Hyperparameters, validateHyperparameters } from '@thaw/config';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { isStorable } from './check-json';

export const mostTags = 50;
const longestTag = 100;
const longestNotes = 20_000;

/** Name, tags and notes, as launchRun, cloneRun and updateRun take them. */
export function checkLabels({ name, tags, notes }: { name?: string | null; tags?: string[] | null; notes?: string | null }): UserError[] {
  const problems: UserError[] = [];
  if (name !== null && name !== undefined) problems.push(...checkName('name', name));
  if (tags && tags.length > mostTags) problems.push(userError('tags', 'TOO_MANY_TAGS', `There are ${tags.length} tags; a run may have ${mostTags}.`));
  tags?.forEach((tag, index) => {
    if (tag.trim() === '' || tag.length > longestTag || !isStorable(tag)) problems.push(userError(`tags.${index}`, 'INVALID_TAG', `Tag ${JSON.stringify(tag.slice(0, longestTag))} must have 1 to ${longestTag} characters, and no NUL among them.`));
  });
  if (notes && notes.length > longestNotes) problems.push(userError('notes', 'NOTES_TOO_LONG', `notes has ${notes.length} characters; at most ${longestNotes} are kept.`));
  if (notes && !isStorable(notes)) problems.push(userError('notes', 'INVALID_TEXT', 'notes holds a NUL or half a character (a lone surrogate), which cannot be stored. Take it out.'));
  return problems;
}

export type CheckedConfig = { ok: true; config: Hyperparameters } | { ok: false; userErrors: UserError[] };

/** Every problem at once, each under "config.<name>". */
export function checkConfig(config: unknown): CheckedConfig {
  const checked = validateHyperparameters(config);
  if (checked.ok) return checked;
  return { ok: false, userErrors: checked.problems.map(({ name, message, code }) => userError(name ? `config.${name}` : 'config', code, message)) };
}

const known = new Set<string>(hyperparameterFields.map(({ name }) => name));

/** null takes a value away, so that its default counts again; an unknown name stays, to be reported. */
export function mergeConfig(origin: Record<string, unknown>, changes: unknown): unknown {
  if (changes === null || changes === undefined) return origin;
  if (typeof changes !== 'object' || Array.isArray(changes)) return changes;
  return Object.fromEntries(Object.entries({ ...origin, ...changes }).filter(([name, value]) => value !== null || !known.has(name)));
}

export const distinct = (tags: readonly string[]): string[] => [...new Set(tags)];
