import { userError, type UserError } from '../errors';

export interface JsonLimits {
  depth: number;
  /** Values that are no object. */
  leaves: number;
  /** Of the whole, as JSON in UTF-8. */
  bytes: number;
}

export const configLimits: JsonLimits = { depth: 20, leaves: 2000, bytes: 1_000_000 };
export const environmentLimits: JsonLimits = { depth: 20, leaves: 5000, bytes: 250_000 };

/** Of a dotted path, in UTF-8: it becomes a key. */
const longestPath = 512;
/** One of a kind is enough to see what is wrong. */
const mostProblems = 20;

/**
 * A JSON object from outside as Postgres can keep it, searchable by dotted paths. JSON.parse lets through what is no
 * value here: 1e999 as Infinity, "\u0000", half of a surrogate pair, a key "__proto__".
 */
export function checkJson(field: string, value: unknown, limits: JsonLimits): UserError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [userError(field, 'INVALID_JSON', `${field} must be a JSON object, such as { "learningRate": 0.001 }, not ${show(value)}.`)];
  }
  const problems: UserError[] = [];
  const paths = new Set<string>();
  const report = (path: string, code: string, message: string) => {
    if (problems.length < mostProblems) problems.push(userError(path ? `${field}.${path}` : field, code, message));
  };
  let leaves = 0;
  const visit = (each: unknown, path: string, depth: number, inArray: boolean): void => {
    if (typeof each === 'object' && each !== null) {
      if (depth >= limits.depth) return report(path, 'TOO_DEEP', `${field} nests deeper than ${limits.depth} levels at ${show(path)}. Keep such a structure as an artifact of kind FILE.`);
      if (Array.isArray(each)) each.forEach((element) => visit(element, path, depth + 1, true));
      else for (const [name, inner] of Object.entries(each)) visitKey(name, inner, path, depth, inArray);
    } else if (typeof each === 'string') {
      if (!isStorable(each)) report(path, 'INVALID_TEXT', `The text at ${show(path)} holds a NUL or half a character (a lone surrogate), which cannot be stored. Take it out.`);
    } else if (typeof each === 'number' && !Number.isFinite(each)) {
      report(path, 'INVALID_NUMBER', `The number at ${show(path)} is beyond what a float64 holds. Give it as a string.`);
    }
    // An array is one value, however many it has.
    if (!inArray && (typeof each !== 'object' || each === null || Array.isArray(each))) {
      leaves++;
      if (paths.has(path)) report(path, 'AMBIGUOUS_KEY', `${show(path)} is there twice: searches write nested keys with dots, so { "a.b": 1 } and { "a": { "b": 1 } } are the same. Rename one.`);
      paths.add(path);
    }
  };
  const visitKey = (name: string, inner: unknown, prefix: string, depth: number, inArray: boolean) => {
    const path = prefix ? `${prefix}.${name}` : name;
    if (name === '' || name === '__proto__' || !isStorable(name)) report(prefix, 'INVALID_KEY', `${show(name)} cannot be a key${prefix ? ` of ${show(prefix)}` : ''}: it must not be empty, "__proto__", or hold a NUL. Rename it.`);
    else if (Buffer.byteLength(path) > longestPath) report(prefix, 'KEY_TOO_LONG', `The key ${show(path)} has ${Buffer.byteLength(path)} bytes, its parents included; at most ${longestPath} are kept. Shorten it.`);
    else visit(inner, path, depth + 1, inArray);
  };
  for (const [name, inner] of Object.entries(value)) visitKey(name, inner, '', 0, false);

  if (leaves > limits.leaves) report('', 'TOO_MANY_VALUES', `${field} has ${leaves} values; at most ${limits.leaves} are kept. Log large tables as an artifact of kind TABLE.`);
  const bytes = problems.length > 0 ? 0 : Buffer.byteLength(JSON.stringify(value));
  if (bytes > limits.bytes) report('', 'TOO_LARGE', `${field} has ${bytes} bytes as JSON; at most ${limits.bytes} are kept. Log what is large as an artifact.`);
  return problems;
}

/** What Postgres takes as text and as a string within JSON. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
