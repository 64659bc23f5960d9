'use client';

import { useQuery } from '@apollo/client/react';
import type { Completions } from '@thaw/search';
import { useDeferredValue } from 'react';
import { KeyNamesDocument, RecentTagsDocument, RunGroupsDocument, type KeyKind, type RunGroupField } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import { quoted } from '../value-text';
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
/** Of metrics and of config values, where either may be meant. */
const keysOfEach = 10;

interface Completing {
  completions: Completion[];
  from: number;
  to: number;
  /** What is listed may grow by what is being read. */
  isReading: boolean;
}

/** What can stand at the cursor: of the language itself, and keys and values of the project's runs. */
export function useCompletions(language: SearchLanguage | null, text: string, cursor: number | null): Completing {
  const at: Completions | null = language && cursor !== null ? language.completionsAt(text, cursor) : null;
  const metrics = useKeys(at, 'METRIC');
  const params = useKeys(at, 'PARAM');
  const { values, isReading } = useValues(at?.valueOf ?? null);
  if (!at || !language) return { completions: [], from: 0, to: 0, isReading: false };

  const fixed = (kind: string, names: readonly string[]): Completion[] => names.map((name) => ({ kind, label: name, text: name }));
  const metric = (key: string) => (language.isBareWord(key) && !language.fieldNamed(key) ? key : language.printPath('metric', key));
  const configuration = (key: string) => language.printPath('config', key);
  const valueOf = (value: unknown): Completion => {
    const shown = String(at.valueOf?.type === 'config' ? quoted(value) : value);
    return { kind: 'value', label: shown, text: typeof value === 'string' && shown === value ? language.printText(value) : shown };
  };
  const completions = [
    ...fixed('value', at.values),
    ...values.filter((value) => value !== null && value !== '' && String(value).toLowerCase().includes(at.typed.toLowerCase())).map(valueOf),
    ...fixed('operator', at.operators),
    ...fixed('field', at.fields),
    ...metrics.names.map((key): Completion => ({ kind: 'metric', label: key, text: metric(key) })),
    ...params.names.map((key): Completion => ({ kind: 'configuration', label: configuration(key), text: configuration(key) })),
    ...fixed('keyword', at.keywords.filter((word) => /[a-z]/i.test(word))),
  ].slice(0, most);
  return { completions, from: at.from, to: at.to, isReading: isReading || metrics.isReading || params.isReading };
}

function useKeys(at: Completions | null, kind: KeyKind): { names: string[]; isReading: boolean } {
  const project = useProject();
  const isAsked = at?.keys?.kinds.includes(kind) ?? false;
  const typed = at?.keys?.typed ?? '';
  const asked = useDeferredValue(typed);
  const { data, previousData, loading } = useQuery(KeyNamesDocument, { variables: { project, kind, contains: asked || null, first: at?.keys?.kinds.length === 2 ? keysOfEach : 20 }, skip: !isAsked });
  const names = isAsked ? ((data ?? previousData)?.keys.nodes ?? []).map(({ name }) => name) : [];
  // Those of the word before stay until the answer comes, as far as they still fit.
  return { names: names.filter((name) => name.toLowerCase().includes(typed.toLowerCase())), isReading: isAsked && (loading || asked !== typed) };
}

function useValues(of: Completions['valueOf']): { values: unknown[]; isReading: boolean } {
  const project = useProject();
  const field = of?.type === 'field' ? groupFieldOf[of.name] : undefined;
  const param = of?.type === 'config' ? of.name : undefined;
  const isTag = of?.type === 'field' && of.name === 'tag';
  const groups = useQuery(RunGroupsDocument, { variables: { project, search: null, filter: null, fields: field ? [field] : [], by: param ? [param] : [], metrics: [], first: 100 }, skip: !field && !param });
  const tags = useQuery(RecentTagsDocument, { variables: { project }, skip: !isTag, fetchPolicy: 'cache-and-network' });
  const isReading = groups.loading || (tags.loading && !tags.data);
  if (isTag) return { values: [...new Set(tags.data?.runs.nodes.flatMap((run) => run.tags))].sort(), isReading };
  return { values: field || param ? (groups.data?.runGroups.nodes ?? []).map(({ values: [first] }) => first!.value as unknown) : [], isReading };
}
