import { hyperparameterFields, readValues } from '@thaw/config';

/**
 * What an address fills in: /runs/new?dataset=flowers&backbone=mobilenet&set=freeze:full&set=learningRate:0.001,0.0003,
 * and over a run's own values with clone=ID. One `set` for each hyperparameter; several values make several runs, as in the form.
 */
export interface Prefill {
  dataset?: string;
  backbone?: string;
  values: Record<string, string | boolean>;
  /** Hyperparameters that do not exist. */
  unknown: string[];
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export function readPrefill(parameters: Parameters): Prefill {
  const prefill: Prefill = { dataset: first(parameters.dataset), backbone: first(parameters.backbone), values: {}, unknown: [] };
  for (const pair of [parameters.set ?? []].flat()) {
    const at = pair.indexOf(':');
    const name = (at < 0 ? pair : pair.slice(0, at)).trim();
    const field = hyperparameterFields.find((each) => each.name === name);
    if (!field || at < 0) prefill.unknown.push(pair);
    else prefill.values[name] = asValue(field, pair.slice(at + 1).trim());
  }
  return prefill;
}

function asValue(field: (typeof hyperparameterFields)[number], text: string): string | boolean {
  if (field.type !== 'boolean') return text;
  const read = readValues(field, text);
  return read.ok && read.values.length === 1 ? (read.values[0] as boolean) : text;
}

/** The address, behind /runs/new, of a form with these filled in. */
export function launchAddress({ clone, dataset, backbone, changes = {} }: { clone?: string; dataset?: string; backbone?: string; changes?: Readonly<Record<string, unknown>> }): string {
  const parameters = new URLSearchParams(Object.entries({ clone, dataset, backbone }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  for (const [name, value] of Object.entries(changes)) parameters.append('set', `${name}:${[value].flat().map((each) => (typeof each === 'boolean' ? (each ? 'on' : 'off') : String(each))).join(',')}`);
  return `?${parameters.toString()}`;
}
