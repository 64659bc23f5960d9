'use client';

import { Ban, CircleCheckBig, Copy, ExternalLink, Pause, Play, type LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { plural } from '../format/numbers';
import { useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { MenuItem } from '../ui/menu';
import { controlLabel, controlsFor, type Control, type Controlled } from './run-controls';
import { useRunActions } from './use-run-actions';

const icons: Record<Control, LucideIcon> = { pause: Pause, resume: Play, finishEarly: CircleCheckBig, cancel: Ban };

/** A button for each thing that can be done to the run now. */
export function RunButtons({ run }: { run: Controlled }) {
  const { act, busy, dialog } = useRunActions();
  const controls = controlsFor(run);
  const group = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  const shown = controls.join();
  useEffect(() => {
    // What was pressed is gone: the focus goes to what can be done next.
    if (pressed.current && document.activeElement === document.body) (group.current?.querySelector<HTMLElement>('button') ?? document.getElementById('main'))?.focus();
    pressed.current = false;
  }, [shown]);
  const press = (control: Control) => {
    pressed.current = true;
    act(control, run);
  };
  return (
    <span ref={group} className="contents">
      {controls.map((control) => {
        const Icon = icons[control];
        return <Button key={control} variant={control === 'cancel' ? 'danger' : 'secondary'} busy={busy === control} onClick={() => press(control)}>{busy !== control && <Icon aria-hidden />}{controlLabel(control, run)}</Button>;
      })}
      {dialog}
    </span>
  );
}

/** Entries of a run's menu: what can be done to it now. */
export function RunMenuItems({ run, act }: { run: Controlled; act: (control: Control, run: Controlled) => void }) {
  const router = useRouter();
  const path = useProjectPath();
  return (
    <>
      <MenuItem onSelect={() => router.push(path('runs', run.id))}><ExternalLink aria-hidden />Open</MenuItem>
      {run.kind === 'MANAGED' && <MenuItem onSelect={() => router.push(`${path('runs', 'new')}?clone=${run.id}`)}><Copy aria-hidden />Clone</MenuItem>}
      {controlsFor(run).map((control) => {
        const Icon = icons[control];
        return <MenuItem key={control} danger={control === 'cancel'} onSelect={() => act(control, run)}><Icon aria-hidden />{controlLabel(control, run)}</MenuItem>;
      })}
    </>
  );
}

const forMany = ['pause', 'resume', 'cancel'] as const;
const verbs = { pause: 'Pause', resume: 'Resume', cancel: 'Cancel' };

/** For the selected runs: what can be done to at least one of them, with how many it is done to. */
export function BulkButtons({ runs }: { runs: readonly Controlled[] }) {
  const { act, busy, dialog } = useRunActions();
  return (
    <>
      {forMany.map((control) => {
        const able = runs.filter((run) => controlsFor(run).includes(control));
        if (able.length === 0) return null;
        const Icon = icons[control];
        return <Button key={control} size="sm" variant={control === 'cancel' ? 'danger' : 'secondary'} busy={busy === control} onClick={() => act(control, ...able)}>{busy !== control && <Icon aria-hidden />}{verbs[control]} {plural(able.length, 'run')}</Button>;
      })}
      {dialog}
    </>
  );
}
