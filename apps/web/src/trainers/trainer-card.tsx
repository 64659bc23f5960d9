'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { CurrentRunFragment, TrainerRowFragment } from '../generated/graphql';
import { formatGib } from '../format/numbers';
import { Elapsed, TimeAgo } from '../format/time';
import { epochsOf } from '../runs/run-figures';
import { StatusBadge } from '../runs/run-status';
import { projectPath } from '../shell/project-context';
import { ProgressBar } from '../ui/progress';
import { DrainButtons } from './drain-buttons';
import { machineFacts } from './machine-facts';
import { TrainerHistory } from './trainer-history';
import { TrainerStateBadge } from './trainer-state';

/** One trainer: what it is, what it does now, what it has done. */
export function TrainerCard({ trainer }: { trainer: TrainerRowFragment }) {
  const { id, name, state, alive, backend, labels, memoryBytes, slots, devices, currentRuns, lastSeenAt, environment } = trainer;
  const [open, setOpen] = useState<Record<string, boolean>>({});
  const facts = machineFacts(environment);
  const own = labels.filter((label) => label !== backend);
  return (
    <article aria-label={name} className="flex min-w-0 flex-col gap-3 rounded-lg border bg-panel p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 truncate text-sm font-semibold" title={name}>{name}</h2>
        <TrainerStateBadge state={state} />
        <span className="mr-auto text-xs text-faint">{alive ? null : <>last heard of <TimeAgo at={lastSeenAt} /></>}</span>
        {alive && <DrainButtons trainer={trainer} />}
      </header>
      <ul aria-label="What it is" className="flex flex-wrap gap-1.5 text-xs">
        <Chip>{backend}</Chip>
        {devices.map((device, index) => <Chip key={index}>{device.name}{device.memoryBytes ? `, ${formatGib(device.memoryBytes)}` : ''}</Chip>)}
        {memoryBytes ? <Chip>{formatGib(memoryBytes)} of memory</Chip> : null}
        {own.map((label) => <li key={label} className="rounded-full border px-2 py-0.5 text-muted"><span className="sr-only">label </span>{label}</li>)}
      </ul>
      {alive && (currentRuns.length === 0
        ? <p className="text-muted">{state === 'DRAINING' ? 'Takes no runs until it is resumed.' : 'Waits for runs.'}</p>
        : <ul aria-label="What it runs" className="flex flex-col gap-2">{currentRuns.map((run) => <CurrentRun key={run.id} run={run} />)}</ul>)}
      {alive && slots > 1 && <p className="text-xs text-muted">{currentRuns.length} of {slots} at once.</p>}
      <div className="mt-auto flex flex-col gap-1">
        <Fold title="History" open={open.history} onToggle={(history) => setOpen({ ...open, history })}><TrainerHistory id={id} name={name} /></Fold>
        {facts.length > 0 && (
          <Fold title="Machine" open={open.machine} onToggle={(machine) => setOpen({ ...open, machine })}>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">{facts.map(([fact, value]) => <div key={fact} className="contents"><dt className="text-muted">{fact}</dt><dd className="min-w-0 break-words">{value}</dd></div>)}</dl>
          </Fold>
        )}
      </div>
    </article>
  );
}

const Chip = ({ children }: { children: React.ReactNode }) => <li className="rounded bg-hover px-1.5 py-0.5">{children}</li>;

/** What is folded is not read until somebody looks. */
function Fold({ title, open = false, onToggle, children }: { title: string; open?: boolean; onToggle: (open: boolean) => void; children: React.ReactNode }) {
  return (
    <details open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className="w-fit py-0.5 text-xs font-medium text-muted hover:text-ink">{title}</summary>
      {open && <div className="pt-2">{children}</div>}
    </details>
  );
}

function CurrentRun({ run }: { run: CurrentRunFragment }) {
  const { done, limit } = epochsOf(run);
  return (
    <li className="flex flex-col gap-1.5 rounded-md border px-3 py-2">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <Link href={projectPath(run.project.name, 'runs', run.id)} className="font-medium hover:underline">{run.name}</Link>
        <StatusBadge {...run} />
        <span className="num ml-auto text-xs text-muted">{limit ? `epoch ${done ?? 0} of ${limit} · ` : ''}<Elapsed from={run.countsFrom} /></span>
      </span>
      {limit && <ProgressBar value={(done ?? 0) / limit} label={`Epochs of ${run.name}`} />}
    </li>
  );
}
