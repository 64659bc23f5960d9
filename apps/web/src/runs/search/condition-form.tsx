'use client';

import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useId, useState, type FormEvent } from 'react';
import { KeyNamesDocument, RunGroupsDocument } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Field, SelectInput, TextInput } from '../../ui/fields';
import { quoted } from '../value-text';
import type { ConditionDraft } from './condition';
import type { SearchLanguage } from './use-language';

interface ConditionFormProps {
  language: SearchLanguage;
  /** null: the condition is too much for fields, and changed as text. */
  start: ConditionDraft | null;
  text: string;
  onDone: (search: string) => void;
}

/** One condition without knowing the search language. */
export function ConditionForm({ language, start, text, onDone }: ConditionFormProps) {
  const id = useId();
  const [draft, setDraft] = useState(start);
  const [written, setWritten] = useState(text);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const search = draft ? language.searchOf(draft) : written;
    const [found] = draft && (draft.subject === 'metric' || draft.subject === 'config') && draft.key === '' ? [{ message: 'Choose a key first.' }] : language.parseSearch(search).problems;
    setProblem(found?.message ?? null);
    if (!found) onDone(search);
  };
  const change = (part: Partial<ConditionDraft>) => setDraft((before) => before && { ...before, ...part });
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      {draft ? <Fields id={id} language={language} draft={draft} change={change} problem={problem} /> : (
        <Field id={`${id}-text`} label="Condition" error={problem} help="In the search language."><TextInput id={`${id}-text`} value={written} onChange={(event) => setWritten(event.target.value)} autoFocus /></Field>
      )}
      <Button type="submit" variant="primary" className="self-start">Apply</Button>
    </form>
  );
}

function Fields({ id, language, draft, change, problem }: { id: string; language: SearchLanguage; draft: ConditionDraft; change: (part: Partial<ConditionDraft>) => void; problem: string | null }) {
  const { subject, key, stat, operator, value } = draft;
  const field = language.fieldNamed(subject);
  const isKeyed = subject === 'metric' || subject === 'config';
  const offered = useOffered(draft, isKeyed);
  const choices = field?.values ?? (field?.kind === 'flag' ? ['true', 'false'] : null);
  return (
    <>
      <Field id={`${id}-subject`} label="What">
        <SelectInput id={`${id}-subject`} value={subject} onChange={(event) => change({ subject: event.target.value, key: '', value: '', operator: language.operatorsFor(event.target.value)[0] })}>
          {language.subjects.map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}
        </SelectInput>
      </Field>
      {isKeyed && (
        <div className="flex gap-2">
          <Field id={`${id}-key`} label="Key" className="min-w-0 flex-1">
            <TextInput id={`${id}-key`} list={`${id}-keys`} value={key} onChange={(event) => change({ key: event.target.value })} placeholder="Type a part of it" />
            <datalist id={`${id}-keys`}>{offered.keys.map((each) => <option key={each} value={each} />)}</datalist>
          </Field>
          {subject === 'metric' && (
            <Field id={`${id}-stat`} label="Figure" className="w-24"><SelectInput id={`${id}-stat`} value={stat} onChange={(event) => change({ stat: event.target.value as typeof stat })}><option value="LAST">last</option><option value="MIN">lowest</option><option value="MAX">highest</option></SelectInput></Field>
          )}
        </div>
      )}
      <div className="flex gap-2">
        <Field id={`${id}-operator`} label="How" className="w-32">
          <SelectInput id={`${id}-operator`} value={operator} onChange={(event) => change({ operator: event.target.value })}>{language.operatorsFor(subject).map((each) => <option key={each} value={each}>{language.wordOf(subject, each)}</option>)}</SelectInput>
        </Field>
        {operator !== 'exists' && (
          <Field id={`${id}-value`} label="Value" className="min-w-0 flex-1" help={field?.kind === 'date' ? 'A day, or 7d ago' : field?.kind === 'duration' ? 'Such as 1h30m' : undefined}>
            {choices ? (
              <SelectInput id={`${id}-value`} value={value} onChange={(event) => change({ value: event.target.value })}><option value="">Choose …</option>{choices.map((each) => <option key={each} value={each}>{each.toLowerCase().replaceAll('_', ' ')}</option>)}</SelectInput>
            ) : (
              <>
                <TextInput id={`${id}-value`} list={`${id}-values`} value={value} onChange={(event) => change({ value: event.target.value })} />
                <datalist id={`${id}-values`}>{offered.values.map((each) => <option key={each} value={each} />)}</datalist>
              </>
            )}
          </Field>
        )}
      </div>
      {problem && <p role="alert" className="text-xs text-danger">{problem}</p>}
    </>
  );
}

/** Keys that contain what is typed, and the values that runs have. */
function useOffered({ subject, key }: ConditionDraft, isKeyed: boolean): { keys: string[]; values: string[] } {
  const project = useProject();
  const typed = useDeferredValue(key);
  const keys = useQuery(KeyNamesDocument, { variables: { project, kind: subject === 'config' ? 'PARAM' : 'METRIC', contains: typed || null, first: 20 }, skip: !isKeyed });
  const field = subject === 'dataset' ? 'DATASET' as const : subject === 'backbone' ? 'BACKBONE' as const : subject === 'trainer' ? 'TRAINER' as const : null;
  const by = subject === 'config' && typed !== '' ? [typed] : [];
  const values = useQuery(RunGroupsDocument, { variables: { project, search: null, filter: null, fields: field ? [field] : [], by, metrics: [], first: 50 }, skip: !field && by.length === 0 });
  return {
    keys: (keys.data ?? keys.previousData)?.keys.nodes.map(({ name }) => name) ?? [],
    values: values.data?.runGroups.nodes.map(({ values: [first] }) => first!.value as unknown).filter((value) => value !== null).map((value) => String(by.length > 0 ? quoted(value) : value)) ?? [],
  };
}
