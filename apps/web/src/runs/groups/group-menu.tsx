'use client';

import { useQuery } from '@apollo/client/react';
import { Group, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { KeyNamesDocument } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Popover } from '../../ui/popover';
import { columnOf, configColumnId, factIds } from '../table/columns';
import { groupColumns, mostLevels } from './use-groups';

const OptionList = dynamic(() => import('../../ui/option-list').then((module) => module.OptionList), { ssr: false });

interface GroupMenuProps { group: readonly string[]; onChange: (group: string[] | null) => void }

/** By what the rows are grouped: up to three facts or config values, one within the other. */
export function GroupMenu({ group, onChange }: GroupMenuProps) {
  const [open, setOpen] = useState(false);
  const by = groupColumns(group);
  return (
    <>
      <Popover typing open={open} onOpenChange={setOpen} label="Group by" align="end" className="w-72 overflow-hidden"
        trigger={<Button disabled={by.length >= mostLevels} title={by.length >= mostLevels ? `At most ${mostLevels} levels` : undefined}><Group aria-hidden />{by.length === 0 ? 'Group' : 'Then by'}</Button>}>
        <Choices chosen={by.map(({ id }) => id)} onPick={(id) => { onChange([...by.map((column) => column.id), id]); setOpen(false); }} />
      </Popover>
      {by.length > 0 && (
        <ul aria-label="Grouped by" className="flex flex-wrap gap-1">
          {by.map(({ id, title }) => (
            <li key={id} className="inline-flex items-center rounded-md border bg-sunken text-xs">
              <span className="px-2 py-1">{title}</span>
              <button type="button" aria-label={`No longer group by ${title}`} onClick={() => { const rest = by.filter((column) => column.id !== id).map((column) => column.id); onChange(rest.length > 0 ? rest : null); }} className="grid min-h-6 min-w-6 place-items-center border-l text-muted hover:bg-hover hover:text-ink"><X aria-hidden className="size-3.5" /></button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Choices({ chosen, onPick }: { chosen: readonly string[]; onPick: (id: string) => void }) {
  const project = useProject();
  const [typed, setTyped] = useState('');
  const { data, previousData, loading, error } = useQuery(KeyNamesDocument, { variables: { project, kind: 'PARAM', contains: typed.trim() || null, first: 50 } });
  const facts = factIds.map((id) => columnOf(id)!).filter(({ group, title }) => group && title.toLowerCase().includes(typed.trim().toLowerCase()));
  const options = [
    ...facts.map(({ id, title }) => ({ value: id, label: title, group: 'Of the run' })),
    ...((data ?? previousData)?.keys.nodes ?? []).map(({ name }) => ({ value: configColumnId(name), label: name, group: 'Configuration' })),
  ].filter(({ value }) => !chosen.includes(value));
  return <OptionList label="Group by" options={options} chosen={[]} onPick={onPick} onSearch={setTyped} loading={loading} error={error ? 'The keys could not be read.' : null} placeholder="Part of a name, such as freeze" />;
}
