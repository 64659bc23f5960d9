import { expandGrid, hyperparameterFields, hyperparameterGroups, readValues, validateHyperparameters, type ExpandedGrid, type FieldValue, type GridProblem, type HyperparameterField } from '@thaw/config';
import { configChanges, type Change, type Config } from '../compare/configuration/config-diff';
import { emptyQueueDraft, type QueueDraft } from '../queue/fitting';

/** What was typed, as it was typed: numbers stay text until they are sent, so nothing half-written is lost. */
export interface LaunchDraft {
  dataset: string;
  /** Empty: the latest. */
  datasetVersion: string;
  backbone: string;
  name: string;
  tags: string;
  /** What several runs are found by again; empty: one is made up when they are launched. */
  commonTag: string;
  notes: string;
  values: Record<string, string | boolean>;
  queue: QueueDraft;
  /** The launch that was sent last: asked again after a lost answer, it must be the same one. */
  request: { id: string; content: string } | null;
}

export const emptyDraft: LaunchDraft = { dataset: '', datasetVersion: '', backbone: '', name: '', tags: '', commonTag: '', notes: '', values: {}, queue: emptyQueueDraft, request: null };

export const fieldGroups = hyperparameterGroups.map((group) => ({ group, fields: hyperparameterFields.filter((field) => field.group === group) }));

const fieldOf = (name: string) => hyperparameterFields.find((candidate) => candidate.name === name);

/** What a field shows: the typed value, else its default. */
export const shownValue = (field: HyperparameterField, values: LaunchDraft['values']): string | boolean =>
  values[field.name] ?? (typeof field.default === 'boolean' ? field.default : String(field.default ?? ''));

/** Its values as they stand, wrong ones left out. */
export function valuesOf(field: HyperparameterField, values: LaunchDraft['values']): FieldValue[] {
  const shown = shownValue(field, values);
  if (typeof shown === 'boolean') return [shown];
  const read = readValues(field, shown);
  return read.ok ? read.values : [];
}

/** Whether the other values leave this field any meaning, in any of the runs. */
export function isRelevant(field: HyperparameterField, values: LaunchDraft['values']): boolean {
  return Object.entries(field.onlyWhen ?? {}).every(([name, allowed]) => {
    const other = fieldOf(name);
    return other === undefined || valuesOf(other, values).some((value) => allowed.includes(value as string | boolean));
  });
}

function isValid(field: HyperparameterField, values: LaunchDraft['values']): boolean {
  const read = valuesOf(field, values);
  return read.length > 0 && read.every((value) => validateHyperparameters({ [field.name]: value }).ok);
}

/** What a draft stands for: a common config, several values of some hyperparameters, and what cannot be read. */
export interface DraftGrid {
  config: Record<string, unknown>;
  grid: Record<string, FieldValue[]>;
  unread: Record<string, string>;
}

/** Typed values only; an emptied field means its default, and so does a mistake in a field that is not shown. */
export function draftGrid(values: LaunchDraft['values']): DraftGrid {
  const draft: DraftGrid = { config: {}, grid: {}, unread: {} };
  for (const field of hyperparameterFields) {
    const value = values[field.name];
    if (value === undefined || value === '' || (!isRelevant(field, values) && !isValid(field, values))) continue;
    if (typeof value === 'boolean') draft.config[field.name] = value;
    else {
      const read = readValues(field, value);
      if (!read.ok) draft.unread[field.name] = read.message;
      else if (read.values.length > 1) draft.grid[field.name] = read.values;
      else draft.config[field.name] = read.values[0];
    }
  }
  return draft;
}

export const expandDraft = (values: LaunchDraft['values']): ExpandedGrid => {
  const { config, grid } = draftGrid(values);
  return expandGrid(config, grid);
};

/** One message per field that cannot be sent as it is; '' is for the grid as a whole. */
export function draftProblems(values: LaunchDraft['values']): Record<string, string> {
  const { config, grid, unread } = draftGrid(values);
  const expanded = expandGrid(config, grid);
  const problems: Record<string, string> = {};
  for (const { name, index, message } of expanded.ok ? [] : expanded.problems) problems[name] = join(problems[name], valueWords(grid, { name, index }) + message);
  return { ...problems, ...unread };
}

const join = (before: string | undefined, message: string) => (before ? `${before} ${message}` : message);
const valueWords = (grid: DraftGrid['grid'], { name, index }: Pick<GridProblem, 'name' | 'index'>) => (index === null || !grid[name] ? '' : `Value ${index + 1} of ${grid[name].length}: `);

const asTyped = (value: unknown): string | boolean => (typeof value === 'boolean' ? value : Array.isArray(value) ? value.map((each: unknown) => (typeof each === 'boolean' ? (each ? 'on' : 'off') : String(each))).join(', ') : String(value));

/** A config as form values, lists as several values; what equals the default stays unset. */
export function valuesFromConfig(config: Config): LaunchDraft['values'] {
  const values: LaunchDraft['values'] = {};
  for (const field of hyperparameterFields) {
    const value = config[field.name];
    if (value !== undefined && value !== null && value !== field.default) values[field.name] = asTyped(value);
  }
  return values;
}

/** Changes over what stands there, as a suggestion or an address brings them: a default is typed out, so that it replaces. */
export function withChanges(values: LaunchDraft['values'], changes: Config): LaunchDraft['values'] {
  return { ...values, ...Object.fromEntries(Object.entries(changes).filter(([name, value]) => fieldOf(name) && value !== null && value !== undefined).map(([name, value]) => [name, asTyped(value)])) };
}

/** What the runs would do differently from their parent; irrelevant fields keep quiet, and so do those with a mistake. Several values are a list. problems: as draftProblems tells them. */
export function changesFromParent(parent: Config, values: LaunchDraft['values'], problems = draftProblems(values)): Change[] {
  const { config, grid } = draftGrid(values);
  const after = validateHyperparameters(Object.fromEntries(Object.entries(config).filter(([name]) => !(name in problems))));
  if (!after.ok) return [];
  const before = validateHyperparameters(parent);
  return configChanges(before.ok ? before.config : parent, { ...after.config, ...grid }).filter(({ key }) => !(key in problems));
}

/** The limits in words: "1 – 1,000", "more than 0, at most 10". */
export function limitsOf(field: HyperparameterField): string | null {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field;
  const low = minimum !== undefined ? `at least ${minimum}` : exclusiveMinimum !== undefined ? `more than ${exclusiveMinimum}` : null;
  const high = maximum !== undefined ? `at most ${maximum}` : exclusiveMaximum !== undefined ? `less than ${exclusiveMaximum}` : null;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} – ${maximum.toLocaleString('en-US')}`;
  return low && high ? `${low}, ${high}` : (low ?? high);
}

const places = new Set<string>(['dataset', 'datasetVersion', 'backbone', 'name', 'tags', 'notes', 'priority', 'labels', 'memoryGiB', 'trainer', ...hyperparameterFields.map((field) => field.name)]);

/** userErrors by form field: "config.epochs", "grid.epochs.2" and "epochs" are the hyperparameter, unknown places fall to ''. */
export function errorsByField(userErrors: readonly { field?: string | null; message: string }[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of userErrors) {
    const name = (field ?? '').replace(/^input\./, '').replace(/^(config|grid|constraints)\./, '').replace(/\.\d+$/, '');
    const place = places.has(name) ? name : '';
    errors[place] = join(errors[place], message);
  }
  return errors;
}
