'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { Combobox } from '../ui/combobox';
import { Field, SelectInput } from '../ui/fields';
import { Switch } from '../ui/switch';
import { axisNames, defaultOptions, type ChartOptions, type OutlierRule, type Spread } from './chart-options';
import type { SettingsProps } from './chart-settings';
import { SmoothingSlider } from './smoothing-slider';
import { useKeys } from './use-keys';

/** Every setting of a chart. changed: how many are not as at first */
export function SettingsFields({ options, changed, onChange }: Omit<SettingsProps, 'options'> & { options: ChartOptions; changed: number }) {
  return (
    <>
      <SmoothingSlider value={options.smoothing} onChange={(smoothing) => onChange({ smoothing })} />
      <AxisSettings options={options} onChange={onChange} />
      <GroupSettings options={options} onChange={onChange} />
      <Field id="chart-outliers" label="Outliers">
        <SelectInput id="chart-outliers" value={options.outliers} onChange={(event) => onChange({ outliers: event.target.value as OutlierRule })}>
          <option value="none">Show every value</option>
          <option value="percentile">Show the 1st to 99th percentile</option>
          <option value="tukey">Leave out beyond Tukey’s fences</option>
        </SelectInput>
      </Field>
      <Button size="sm" className="self-end" disabled={changed === 0} onClick={() => onChange(defaultOptions)}>Reset</Button>
    </>
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
