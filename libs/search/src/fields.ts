import type { RunFilter } from './filter';

/** What a field's values are, which decides the operators it takes. */
export type FieldKind = 'choice' | 'text' | 'label' | 'id' | 'date' | 'duration' | 'flag';

export interface SearchField {
  /** As it is written in a search. */
  name: string;
  /** As RunFilter calls it. */
  filter: keyof RunFilter;
  kind: FieldKind;
  /** Of a choice: every value. */
  values?: readonly string[];
  aliases?: readonly string[];
  help: string;
}

export const searchFields: readonly SearchField[] = [
  { name: 'status', filter: 'status', kind: 'choice', values: ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'], help: 'Where the run stands.' },
  { name: 'name', filter: 'name', kind: 'text', help: 'Its name; text in quotes alone searches it too.' },
  { name: 'tag', filter: 'tag', kind: 'label', aliases: ['tags'], help: 'One of its tags.' },
  { name: 'notes', filter: 'notes', kind: 'text', aliases: ['note'], help: 'Its notes.' },
  { name: 'kind', filter: 'kind', kind: 'choice', values: ['MANAGED', 'EXTERNAL'], help: 'Run by a trainer, or logged by a script.' },
  { name: 'dataset', filter: 'dataset', kind: 'label', help: 'The name of its dataset; "" for none.' },
  { name: 'backbone', filter: 'backbone', kind: 'label', help: 'The name of its backbone; "" for none.' },
  { name: 'trainer', filter: 'trainer', kind: 'label', help: 'The name of the trainer that runs it, or ran it last; "" for none.' },
  {
    name: 'endReason',
    filter: 'endReason',
    kind: 'choice',
    values: ['COMPLETED', 'EARLY_STOPPED', 'CANCELLED', 'ERROR', 'OUT_OF_MEMORY', 'TRAINER_LOST'],
    aliases: ['end_reason', 'reason'],
    help: 'Why it ended.',
  },
  { name: 'parent', filter: 'parentRun', kind: 'label', aliases: ['parentRun'], help: 'The id of the run it was cloned from.' },
  { name: 'id', filter: 'ids', kind: 'id', aliases: ['ids'], help: 'Its id.' },
  { name: 'created', filter: 'createdAt', kind: 'date', aliases: ['createdAt'], help: 'When it was created.' },
  { name: 'started', filter: 'startedAt', kind: 'date', aliases: ['startedAt'], help: 'When it started.' },
  { name: 'ended', filter: 'endedAt', kind: 'date', aliases: ['endedAt'], help: 'When it ended.' },
  { name: 'duration', filter: 'duration', kind: 'duration', help: 'How long it ran, or has been running.' },
  { name: 'commit', filter: 'gitCommit', kind: 'label', aliases: ['gitCommit'], help: 'The git commit, or how it begins.' },
  { name: 'deleted', filter: 'deleted', kind: 'flag', help: 'Deleted runs, which are out of sight otherwise.' },
];

/** Operators by what they mean; `:` is the one that fits the field. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | ':' | '~';

export const comparisonsOf: Record<FieldKind, readonly Comparison[]> = {
  choice: ['=', '!=', ':'],
  text: ['=', '!=', ':', '~'],
  label: ['=', '!=', ':'],
  id: ['=', '!=', ':'],
  date: ['=', '!=', '>', '>=', '<', '<=', ':'],
  duration: ['=', '!=', '>', '>=', '<', '<=', ':'],
  flag: ['=', '!=', ':'],
};

/** Kinds that can be absent from a run, in a way that RunFilter can ask for. */
export const canBeAbsent = (kind: FieldKind): boolean => kind === 'text' || kind === 'date' || kind === 'duration';

const byName = new Map(searchFields.flatMap((field) => [field.name, ...(field.aliases ?? [])].map((name) => [name.toLowerCase(), field] as const)));
const byFilter = new Map(searchFields.map((field) => [field.filter, field]));

export const fieldNamed = (name: string): SearchField | undefined => byName.get(name.toLowerCase());
export const fieldOfFilter = (filter: keyof RunFilter): SearchField => byFilter.get(filter)!;
export const fieldNames: readonly string[] = searchFields.map(({ name }) => name);
