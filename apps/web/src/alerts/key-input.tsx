'use client';

import { useQuery } from '@apollo/client/react';
import { MetricKeysDocument } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { TextInput } from '../ui/fields';

/** A metric's name, with those that runs of the project have logged to choose from. */
export function KeyInput({ id, value, onChange, ...described }: { id: string; value: string; onChange: (value: string) => void; placeholder?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) {
  const project = useProject();
  const { data, previousData } = useQuery(MetricKeysDocument, { variables: { project, contains: value.trim() || null } });
  return (
    <>
      <TextInput {...described} id={id} value={value} list={`${id}-choices`} onChange={(event) => onChange(event.target.value)} />
      <datalist id={`${id}-choices`}>{(data ?? previousData)?.keys.nodes.map(({ name }) => <option key={name} value={name} />)}</datalist>
    </>
  );
}
