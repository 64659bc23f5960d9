'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { allZones, browserZone, useTimeZone, zoneCalled, zonePreference } from '../format/time-zone';
import { fullTime } from '../format/zoned-time';
import { useNow } from '../format/time';
import { cx } from '../ui/cx';
import { Dialog } from '../ui/dialog';
import { describedBy, Field, TextInput } from '../ui/fields';
import { Switch } from '../ui/switch';
import { singleKeys } from './use-shortcut';

/** What a person chooses for this browser. */
export function SettingsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Settings" description="They hold in this browser, for every project.">
      <div className="flex flex-col gap-6">
        <Theme />
        <TimeZone />
        <SingleKeys />
      </div>
    </Dialog>
  );
}

export const themes = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'System', Icon: Monitor },
] as const;

function Theme() {
  const { theme, setTheme } = useTheme();
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-medium">Theme</legend>
      <div className="grid grid-cols-3 gap-2">
        {themes.map(({ value, label, Icon }) => (
          <Choice key={value} name="theme" checked={theme === value} onChoose={() => setTheme(value)}><Icon aria-hidden className="size-4" />{label}</Choice>
        ))}
      </div>
    </fieldset>
  );
}

function TimeZone() {
  const chosen = zonePreference.use();
  const zone = useTimeZone();
  const now = useNow();
  const kind = chosen === 'browser' || chosen === 'UTC' ? chosen : 'other';
  const [choosing, setChoosing] = useState(kind === 'other');
  const choose = (value: string) => {
    setChoosing(false);
    zonePreference.set(value);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs font-medium">Times in</legend>
      <div className="grid grid-cols-3 gap-2">
        <Choice name="zone" checked={!choosing && kind === 'browser'} onChoose={() => choose('browser')}>Browser’s zone</Choice>
        <Choice name="zone" checked={!choosing && kind === 'UTC'} onChoose={() => choose('UTC')}>UTC</Choice>
        <Choice name="zone" checked={choosing} onChoose={() => setChoosing(true)}>Another zone</Choice>
      </div>
      {choosing && <ZoneInput start={kind === 'other' ? chosen : ''} />}
      <p className="num text-xs text-muted">Now: {fullTime(now, zone)}</p>
    </fieldset>
  );
}

/** Takes effect when what is typed is a zone. */
function ZoneInput({ start }: { start: string }) {
  const [typed, setTyped] = useState(start);
  const [zones] = useState(allZones);
  const wrong = typed.trim() !== '' && zoneCalled(typed) === null && !zones.some((zone) => zone.toLowerCase().includes(typed.trim().toLowerCase()));
  const error = wrong ? `No zone is called so. Type a part of its name, such as ${browserZone().split('/').at(-1)}, and choose it.` : null;
  const change = (text: string) => {
    setTyped(text);
    const zone = zoneCalled(text);
    if (zone) zonePreference.set(zone);
  };
  return (
    <Field id="zone" label="Zone" error={error} help="A city or region of the time zone database.">
      <TextInput id="zone" value={typed} list="zones" autoFocus placeholder="Europe/Berlin" aria-invalid={wrong} aria-describedby={describedBy('zone', true, error)} onChange={(event) => change(event.target.value)} />
      <datalist id="zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
    </Field>
  );
}

function SingleKeys() {
  const on = singleKeys.use() === 'on';
  return (
    <div className="flex items-start gap-3">
      <div className="flex-1">
        <p className="text-xs font-medium">Single-key shortcuts</p>
        <p className="text-xs text-muted">Keys such as n for a new run. Off, only shortcuts with Ctrl or ⌘ work.</p>
      </div>
      <Switch label="Single-key shortcuts" checked={on} onChange={(next) => singleKeys.set(next ? 'on' : 'off')} />
    </div>
  );
}

function Choice({ name, checked, onChoose, children }: { name: string; checked: boolean; onChoose: () => void; children: React.ReactNode }) {
  return (
    <label className={cx('flex min-h-9 items-center justify-center gap-2 rounded-md border px-2 py-1.5 text-center font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent', checked ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong hover:bg-hover')}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="sr-only" />
      {children}
    </label>
  );
}
