'use client';

import { useQuery } from '@apollo/client/react';
import type { Completions } from '@thaw/search';
import { useDeferredValue } from 'react';
import { KeyNamesDocument, RunGroupsDocument, type RunGroupField } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import type { SearchLanguage } from './use-language';

export interface Completion {
  /** What stands in the list. */
  label: string;
  /** What is written. */
  text: string;
  /** field, metric, value … */
  kind: string;
}

const groupFieldOf: Record<string, RunGroupField> = { dataset: 'DATASET', backbone: 'BACKBONE', trainer: 'TRAINER' };
const most = 30;

/** What can stand at the cursor: of the language itself, and keys and values of the project's runs. */
export function useCompletions(language: SearchLanguage | null, text: string, cursor: number | null): { completions: Completion[]; from: number; to: number } {
  const project = useProject();
  const at: Completions | null = language && cursor !== null ? language.completionsAt(text, cursor) : null;
  const keysTyped = useDeferredValue(at?.keys?.typed ?? '');
  const keyKind = at?.keys?.kind ?? 'METRIC';
  const keys = useQuery(KeyNamesDocument, { variables: { project, kind: keyKind, contains: keysTyped || null, first: 20 }, skip: !at?.keys });
  const field = at?.valueOf?.type === 'field' ? groupFieldOf[at.valueOf.name] : undefined;
  const param = at?.valueOf?.type === 'config' ? at.valueOf.name : undefined;
  const values = useQuery(RunGroupsDocument, { variables: { project, search: null, filter: null, fields: field ? [field] : [], by: param ? [param] : [], metrics: [], first: 100 }, skip: !field && !param });
  if (!at || !language) return { completions: [], from: 0, to: 0 };

  const fixed = (kind: string, names: readonly string[]): Completion[] => names.map((name) => ({ kind, label: name, text: name }));
  const keyNames = at.keys ? ((keys.data ?? keys.previousData)?.keys.nodes ?? []).map(({ name }) => name) : [];
  const written = (key: string) => (at.keys?.kind === 'PARAM' ? language.printPath('config', key) : language.isBareWord(key) && !language.fieldNamed(key) ? key : language.printPath('metric', key));
  const found = field || param ? (values.data?.runGroups.nodes ?? []).map(({ values: [first] }) => first!.value as unknown).filter((value) => value !== null && String(value).toLowerCase().includes(at.typed.toLowerCase())) : [];
  const completions = [
    ...fixed('value', at.values),
    ...found.map((value): Completion => ({ kind: 'value', label: String(value), text: typeof value === 'string' ? language.printText(value) : String(value) })),
    ...fixed('operator', at.operators),
    ...fixed('field', at.fields),
    ...keyNames.map((key): Completion => ({ kind: at.keys!.kind === 'PARAM' ? 'configuration' : 'metric', label: key, text: written(key) })),
    ...fixed('keyword', at.keywords.filter((word) => /[a-z]/i.test(word))),
  ].slice(0, most);
  return { completions, from: at.from, to: at.to };
}
