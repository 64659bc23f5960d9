import { hyperparameterFields } from '@thaw/config';
import type { RunRow } from '@thaw/db';

export interface Reproduced {
  run: Pick<RunRow, 'config' | 'requiredLabels' | 'requiredMemory' | 'requiredTrainer'>;
  project: string;
  dataset: string;
  datasetVersion: number;
  backbone: string;
}

/** The command that queues the same run again: what is not said in it is a default. */
export function reproduceCommand({ run, project, dataset, datasetVersion, backbone }: Reproduced): string {
  const { requiredLabels, requiredMemory, requiredTrainer } = run;
  const words = [
    'npm', 'run', '-s', 'thaw', '--', 'launch',
    ...option('project', project),
    ...option('dataset', dataset),
    ...option('dataset-version', String(datasetVersion)),
    ...option('backbone', backbone),
    ...settings(run.config).flatMap((pair) => option('set', pair)),
    ...requiredLabels.flatMap((label) => option('label', label)),
    ...(requiredMemory ? option('memory-gib', String(requiredMemory)) : []),
    ...(requiredTrainer ? option('trainer', requiredTrainer) : []),
  ];
  return words.map(quote).join(' ');
}

/** A value that begins with "-" would be taken for another option. */
const option = (name: string, value: string): string[] => (value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value]);

/** The seed is said even when it is the default: it is what one changes first. */
function settings(config: RunRow['config']): string[] {
  const defaults = new Map<string, unknown>(hyperparameterFields.map((field) => [field.name, field.default]));
  return Object.entries(config).filter(([name, value]) => name === 'seed' || value !== defaults.get(name)).map(([name, value]) => `${name}=${spell(value)}`);
}

/** As `--set` reads it: a JSON scalar is that scalar, anything else a string. */
function spell(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    const read: unknown = JSON.parse(value);
    return read !== null && typeof read === 'object' ? value : JSON.stringify(value);
  } catch {
    return value;
  }
}

/** For a POSIX shell. */
const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
