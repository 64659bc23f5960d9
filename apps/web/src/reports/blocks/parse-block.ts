import { closestName } from '@thaw/config';
import { parse } from 'yaml';
import { blockKinds, isKind, type BlockKind, type KindSpec, type OptionSpec, type OptionType } from './block-kinds';

export interface Block {
  kind: BlockKind;
  title?: string;
  metric?: string;
  runs?: string[];
  search?: string;
  first?: number;
  by?: string;
  height?: number;
  smoothing?: number;
  logY?: boolean;
  columns?: string[];
  metrics?: string[];
  run?: string;
  count?: number;
  label?: string;
  predicted?: string;
  all?: boolean;
}

/** What is wrong with a block, each with what is valid. */
export type ParsedBlock = { ok: true; block: Block } | { ok: false; problems: string[] };

const kindNames = Object.keys(blockKinds);

/** source: what stands between ```thaw and ```, YAML or JSON. */
export function parseBlock(source: string): ParsedBlock {
  let value: unknown;
  try {
    value = parse(source, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    return wrong(`This is not valid YAML: ${firstLine((error as Error).message)}. Write one option a line, such as "kind: chart".`);
  }
  if (value === null || value === undefined) return wrong(`The block is empty. Begin with "kind:" and one of ${list(kindNames)}.`);
  if (typeof value !== 'object' || Array.isArray(value)) return wrong('The block must be options with values, one a line, such as "kind: chart".');
  const { kind, ...options } = value as Record<string, unknown>;
  if (!isKind(kind)) return wrong(unknownKind(kind));
  const spec = blockKinds[kind];
  const problems = [
    ...Object.keys(options).filter((name) => !Object.hasOwn(spec.options, name)).map((name) => unknownOption(kind, spec, name)),
    ...Object.entries(spec.options).flatMap(([name, option]) => problemOf(name, option, options[name])),
    ...(isGiven(options.runs) && (isGiven(options.search) || isGiven(options.by) || isGiven(options.first)) ? ['Give either runs, or search with first and by: a block that names its runs searches for none.'] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, block: { kind, ...Object.fromEntries(Object.entries(options).filter(([, given]) => isGiven(given)).map(([name, given]) => [name, read(spec.options[name]!.type, given)])) } };
}

const wrong = (...problems: string[]): ParsedBlock => ({ ok: false, problems });
const isGiven = (value: unknown) => value !== undefined && value !== null;
const firstLine = (message: string) => message.split('\n')[0]!.replace(/[.:]$/, '');
const list = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
const shown = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 80);
const meant = (name: string, candidates: readonly string[]) => {
  const near = closestName(name, candidates);
  return near ? ` Did you mean ${near}?` : '';
};

function unknownKind(kind: unknown): string {
  if (!isGiven(kind)) return `The block has no kind. Begin with "kind:" and one of ${list(kindNames)}.`;
  return `There is no kind ${shown(kind)}.${meant(String(kind), kindNames)} The kinds are ${list(kindNames)}.`;
}

function unknownOption(kind: BlockKind, { options }: KindSpec, name: string): string {
  const names = Object.keys(options);
  return `A ${kind} block has no option ${name}.${meant(name, names)} Its options are ${list(names)}.`;
}

function problemOf(name: string, { type, what, required }: OptionSpec, value: unknown): string[] {
  if (!isGiven(value)) return required ? [`${name} is missing: ${what}.`] : [];
  const valid = validWords(type);
  return accepts(type, value) ? [] : [`${name} is ${shown(value)}. It must be ${valid}: ${what}.`];
}

/** A YAML scalar that is a text to whoever wrote it: a class or metric may be called 5, or yes. */
const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').map((part) => part.trim()).filter(Boolean) : [value]);

function accepts(type: OptionType, value: unknown): boolean {
  switch (type.is) {
    case 'text':
      return isScalar(value) && String(value).trim() !== '' && String(value).length <= (type.mostLength ?? 200);
    case 'id':
      return typeof value === 'string' && uuid.test(value);
    case 'ids':
      return asList(value).length > 0 && asList(value).length <= type.most && asList(value).every((id) => typeof id === 'string' && uuid.test(id));
    case 'texts':
      return asList(value).length > 0 && asList(value).length <= type.most && asList(value).every((text) => isScalar(text) && String(text) !== '');
    case 'number':
      return typeof value === 'number' && value >= type.least && value <= type.most && (!type.whole || Number.isInteger(value));
    case 'choice':
      return typeof value === 'string' && type.of.includes(value);
    case 'yes-or-no':
      return typeof value === 'boolean';
  }
}

function validWords(type: OptionType): string {
  switch (type.is) {
    case 'text':
      return `a text of 1 to ${type.mostLength ?? 200} characters`;
    case 'id':
      return 'an id such as 0197a000-0000-7000-8000-000000000000';
    case 'ids':
      return `1 to ${type.most} ids, each on a line after "- "`;
    case 'texts':
      return `a list of 1 to ${type.most} names`;
    case 'number':
      return `a ${type.whole ? 'whole ' : ''}number from ${type.least} to ${type.most}`;
    case 'choice':
      return `one of ${list(type.of)}`;
    case 'yes-or-no':
      return 'true or false';
  }
}

function read(type: OptionType, value: unknown): unknown {
  if (type.is === 'ids') return [...new Set(asList(value).map((id) => String(id).toLowerCase()))];
  if (type.is === 'texts') return asList(value).map(String);
  return type.is === 'text' || type.is === 'id' ? String(value) : value;
}
