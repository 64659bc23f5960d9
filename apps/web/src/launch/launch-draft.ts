import { hyperparameterFields, hyperparameterGroups, validateHyperparameters, type HyperparameterField } from '@thaw/config';
import { configChanges, type Change, type Config } from '../compare/configuration/config-diff';
import { emptyQueueDraft, type QueueDraft } from '../queue/fitting';

/** What was typed, as it was typed: numbers stay text until they are sent, so nothing half-written is lost. */
export interface LaunchDraft {
  dataset: string;
  backbone: string;
  name: string;
  tags: string;
  notes: string;
  values: Record<string, string | boolean>;
  queue: QueueDraft;
}

export const emptyDraft: LaunchDraft = { dataset: '', backbone: '', name: '', tags: '', notes: '', values: {}, queue: emptyQueueDraft };

export const fieldGroups = hyperparameterGroups.map((group) => ({ group, fields: hyperparameterFields.filter((field) => field.group === group) }));

/** What a field shows: the typed value, else its default. */
export const shownValue = (field: HyperparameterField, values: LaunchDraft['values']): string | boolean =>
  values[field.name] ?? (typeof field.default === 'boolean' ? field.default : String(field.default ?? ''));

/** Whether the other values leave this field any meaning. */
export function isRelevant(field: HyperparameterField, values: LaunchDraft['values']): boolean {
  return Object.entries(field.onlyWhen ?? {}).every(([name, allowed]) => {
    const other = hyperparameterFields.find((candidate) => candidate.name === name);
    return other === undefined || allowed.includes(shownValue(other, values));
  });
}

/** The config to send: typed values only; an emptied number field means its default; text that is no number stays text, for validation to name. */
export function draftConfig(values: LaunchDraft['values']): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of hyperparameterFields) {
    const value = values[field.name];
    if (value === undefined || value === '') continue;
    if (field.type === 'integer' || field.type === 'number') {
      const number = Number(String(value).trim());
      config[field.name] = Number.isNaN(number) ? value : number;
    } else config[field.name] = value;
  }
  return config;
}

/** One message per field that cannot be sent as it is. */
export function draftProblems(values: LaunchDraft['values']): Record<string, string> {
  const result = validateHyperparameters(draftConfig(values));
  if (result.ok) return {};
  return Object.fromEntries(result.problems.map(({ name, message }) => [name, message]));
}

const asTyped = (value: unknown): string | boolean => (typeof value === 'boolean' ? value : String(value));

/** A parent's config as form values; what equals the default stays unset. */
export function valuesFromConfig(config: Config): LaunchDraft['values'] {
  const values: LaunchDraft['values'] = {};
  for (const field of hyperparameterFields) {
    const value = config[field.name];
    if (value !== undefined && value !== null && value !== field.default) values[field.name] = asTyped(value);
  }
  return values;
}

/** The whole config a draft stands for, defaults filled in; null while it has problems. */
export function resolvedConfig(values: LaunchDraft['values']): Config | null {
  const result = validateHyperparameters(draftConfig(values));
  return result.ok ? result.config : null;
}

/** What a clone would do differently from its parent; irrelevant fields keep quiet. */
export function changesFromParent(parent: Config, values: LaunchDraft['values']): Change[] {
  const before = validateHyperparameters(parent);
  const after = resolvedConfig(values);
  return after === null ? [] : configChanges(before.ok ? before.config : parent, after);
}

/** The limits in words: "1 – 1,000", "more than 0, at most 10". */
export function limitsOf(field: HyperparameterField): string | null {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field;
  const low = minimum !== undefined ? `at least ${minimum}` : exclusiveMinimum !== undefined ? `more than ${exclusiveMinimum}` : null;
  const high = maximum !== undefined ? `at most ${maximum}` : exclusiveMaximum !== undefined ? `less than ${exclusiveMaximum}` : null;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} – ${maximum.toLocaleString('en-US')}`;
  return low && high ? `${low}, ${high}` : (low ?? high);
}

/** userErrors by form field: "config.epochs" and "epochs" are the hyperparameter, unknown places fall to ''. */
export function errorsByField(userErrors: readonly { field?: string | null; message: string }[]): Record<string, string> {
  const known = new Set<string>(['dataset', 'backbone', 'name', 'tags', 'notes', 'priority', 'labels', 'memoryGiB', 'trainer', ...hyperparameterFields.map((field) => field.name)]);
  const errors: Record<string, string> = {};
  for (const { field, message } of userErrors) {
    const name = (field ?? '').replace(/^input\./, '').replace(/^(config|constraints)\./, '').replace(/^(labels)\.\d+$/, '$1');
    const place = known.has(name) ? name : '';
    errors[place] = errors[place] ? `${errors[place]} ${message}` : message;
  }
  return errors;
}
