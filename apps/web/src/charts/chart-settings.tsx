'use client';

import { SlidersHorizontal } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Combobox } from '../ui/combobox';
import { Field, SelectInput } from '../ui/fields';
import { Switch } from '../ui/switch';
import { axisNames, defaultOptions, type ChartOptions } from './chart-options';
import type { Spread } from './group-curves';
import type { OutlierRule } from './outliers';
import { mostSmoothing } from './smoothing';
import { useKeys } from './use-keys';

interface SettingsProps {
  options: Partial<ChartOptions>;
  onChange: (changed: Partial<ChartOptions>) => void;
}

/** How charts are drawn, behind a button. */
export function ChartSettings(props: SettingsProps) {
  const options = { ...defaultOptions, ...props.options };
  const changed = Object.entries(options).filter(([name, value]) => value !== defaultOptions[name as keyof ChartOptions]).length;
  return (
    <Popover.Root>
      <Popover.Trigger asChild><Button size="sm" aria-label={`How charts are drawn${changed ? `, ${changed} changed` : ''}`}><SlidersHorizontal aria-hidden /><span className="hidden sm:inline">Settings</span>{changed > 0 && <span className="num rounded-full bg-accent px-1.5 text-accent-ink">{changed}</span>}</Button></Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={4} collisionPadding={8} aria-label="How charts are drawn" className="z-40 flex max-h-[80dvh] w-80 max-w-[calc(100vw-1rem)] flex-col gap-3 overflow-y-auto rounded-lg border bg-panel p-3 shadow-(--shadow)">
          <SmoothingSlider value={options.smoothing} onChange={(smoothing) => props.onChange({ smoothing })} />
          <AxisSettings options={options} onChange={props.onChange} />
          <GroupSettings options={options} onChange={props.onChange} />
          <Field id="chart-outliers" label="Outliers">
            <SelectInput id="chart-outliers" value={options.outliers} onChange={(event) => props.onChange({ outliers: event.target.value as OutlierRule })}>
              <option value="none">Show every value</option>
              <option value="percentile">Show the 1st to 99th percentile</option>
              <option value="tukey">Leave out beyond Tukey’s fences</option>
            </SelectInput>
          </Field>
          <Button size="sm" className="self-end" disabled={changed === 0} onClick={() => props.onChange(defaultOptions)}>Reset</Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function SmoothingSlider({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label className="flex flex-col gap-1 text-xs font-medium">
      <span className="flex justify-between">Smoothing<span className="num text-muted">{value.toFixed(2)}</span></span>
      <input type="range" min={0} max={mostSmoothing} step={0.01} value={value} onChange={(event) => onChange(Number(event.target.value))} className="w-full accent-(--accent)" />
    </label>
  );
}

function AxisSettings({ options, onChange }: { options: ChartOptions; onChange: SettingsProps['onChange'] }) {
  const [opened, setOpened] = useState(false);
  const { search, typed, keys, loading } = useKeys('METRIC', opened);
  const part = typed.toLowerCase();
  const axes = [
    ...Object.entries(axisNames).map(([value, label]) => ({ value, label })).filter(({ label }) => label.toLowerCase().includes(part)),
    ...[...new Set(['epoch', ...keys])].filter((key) => key.includes(part)).map((value) => ({ value, group: 'Another metric' })),
  ];
  const chosen = axes.some(({ value }) => value === options.xAxis) ? axes : [...axes, { value: options.xAxis, label: axisNames[options.xAxis] ?? options.xAxis }];
  return (
    <>
      <div className="flex flex-col gap-1"><span className="text-xs font-medium">X axis</span><Combobox label="X axis" value={options.xAxis} onChange={(xAxis) => onChange({ xAxis })} options={chosen} onSearch={(text) => { setOpened(true); search(text); }} loading={loading} /></div>
      <div className="flex gap-6 text-xs font-medium">
        <span className="flex items-center gap-2"><Switch label="Logarithmic x axis" checked={options.logX} onChange={(logX) => onChange({ logX })} />Log x</span>
        <span className="flex items-center gap-2"><Switch label="Logarithmic y axis" checked={options.logY} onChange={(logY) => onChange({ logY })} />Log y</span>
      </div>
    </>
  );
}

const noGroup = 'none';
const groupNames: Record<string, string> = { [noGroup]: 'A line for each run', status: 'Status', dataset: 'Dataset', backbone: 'Backbone', tag: 'Tags' };

function GroupSettings({ options, onChange }: { options: ChartOptions; onChange: SettingsProps['onChange'] }) {
  const [opened, setOpened] = useState(false);
  const { search, typed, keys, loading } = useKeys('PARAM', opened);
  const value = options.groupBy ?? noGroup;
  const fixed = Object.entries(groupNames).map(([name, label]) => ({ value: name, label })).filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  const offered = [...fixed, ...keys.map((key) => ({ value: `config:${key}`, label: key, group: 'Configuration' }))];
  const groups = offered.some((each) => each.value === value) ? offered : [...offered, { value, label: groupNames[value] ?? value.replace(/^config:/, '') }];
  return (
    <>
      <div className="flex flex-col gap-1"><span className="text-xs font-medium">Put runs together by</span><Combobox label="Put runs together by" value={value} options={groups} loading={loading} onSearch={(text) => { setOpened(true); search(text); }} onChange={(picked) => onChange({ groupBy: picked === noGroup ? null : picked })} /></div>
      {options.groupBy !== null && (
        <Field id="chart-spread" label="Band around the mean">
          <SelectInput id="chart-spread" value={options.spread} onChange={(event) => onChange({ spread: event.target.value as Spread })}>
            <option value="std">One standard deviation</option>
            <option value="error">Standard error</option>
            <option value="range">Lowest to highest</option>
          </SelectInput>
        </Field>
      )}
    </>
  );
}
