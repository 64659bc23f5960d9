'use client';

import { parseAsStringLiteral, parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { RunDot } from '../../../charts/run-dot';
import { formatCount, formatPercent } from '../../../format/numbers';
import { useProjectPath } from '../../../shell/project-context';
import { Button, ButtonLink } from '../../../ui/button';
import { QueryError } from '../../../ui/callout';
import { EmptyState, Panel, Skeleton } from '../../../ui/panel';
import { Segments } from '../../../ui/segments';
import { ComparedPictures, type ComparedPicture } from '../compared-pictures';
import type { EvaluatedRun } from '../evaluations';
import { unionOf } from '../matrix-difference';
import { RunPair, useRunPair } from '../run-pair';
import { pointsIn, readArea, writeArea } from './area';
import { FeatureMap, type Tool } from './feature-map';
import { useMap, type MapState } from './use-map';

const projections = [{ value: 'umap', label: 'UMAP' }, { value: 'pca', label: 'PCA' }] as const;
const colourings = [{ value: 'label', label: 'True class' }, { value: 'predicted', label: 'Predicted' }, { value: 'correct', label: 'Right or wrong' }] as const;
const tools = [{ value: 'point', label: 'Point' }, { value: 'rect', label: 'Box' }, { value: 'polygon', label: 'Lasso' }] as const;
const mostListed = 60;

const address = {
  proj: parseAsStringLiteral(['umap', 'pca']).withDefault('umap'),
  by: parseAsStringLiteral(['label', 'predicted', 'correct']).withDefault('label'),
  tool: parseAsStringLiteral(['point', 'rect', 'polygon']).withDefault('point'),
  area: parseAsString,
};

/** The validation pictures where the network puts them, of one or two runs: the same picture is pointed at in both. */
export function FeatureView({ runs }: { runs: readonly EvaluatedRun[] }) {
  const { first, second } = useRunPair(runs);
  const [{ proj, by, tool, area: written }, setAddress] = useQueryStates(address, { history: 'replace' });
  const area = useMemo(() => (written === null ? null : readArea(written)), [written]);
  const shown = first === second ? [first] : [first, second];
  const states = [useMap(first.id, proj), useMap(second.id, proj)].slice(0, shown.length);
  const [pointed, point] = useState<string | null>(null);
  const classes = useMemo(() => unionOf([first.matrix, second.matrix]), [first, second]);
  const source = area && states[area.side === 'a' ? 0 : 1]?.map;
  const selected = useMemo(() => (area && source ? new Set(pointsIn(area, source.coordinates).map((index) => source.points[index]!.picture.sha256)) : null), [area, source]);
  return (
    <>
      <Panel title={<>Feature map <span className="font-normal text-muted">pictures that the network finds alike lie close together</span></>}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {runs.length > 1 && <RunPair runs={runs} labels={['Left', 'Right']} />}
          <Segments label="Laid out by" value={proj} onChange={(next) => void setAddress({ proj: next, area: null })} options={projections} />
          <Segments label="Coloured by" value={by} onChange={(next) => void setAddress({ by: next })} options={colourings} />
          <Segments label="The pointer selects" value={tool} onChange={(next: Tool) => void setAddress({ tool: next })} options={tools} />
        </div>
        <div className="mt-3 grid gap-4 lg:grid-cols-2">
          {shown.map(({ id, name }, index) => (
            <section key={id} aria-label={name} className="min-w-0 rounded-lg border p-2">
              <h3 className="flex items-center gap-2 px-1 font-medium"><RunDot id={id} />{name}</h3>
              <MapOrReason state={states[index]!} runId={id} proj={proj}>
                {(map) => <FeatureMap map={map} name={name} side={index === 0 ? 'a' : 'b'} by={by} classes={classes} tool={tool} pointed={pointed} onPoint={point} selected={selected} area={area}
                  onArea={(next) => void setAddress({ area: next && writeArea(next) })} />}
              </MapOrReason>
            </section>
          ))}
        </div>
      </Panel>
      {selected && <Selected shas={selected} runs={shown} states={states} onClear={() => void setAddress({ area: null })} />}
    </>
  );
}

function MapOrReason({ state: { map, absent, error, retry }, runId, proj, children }: { state: MapState; runId: string; proj: 'umap' | 'pca'; children: (map: NonNullable<MapState['map']>) => React.ReactNode }) {
  const path = useProjectPath();
  if (error && !map) return <QueryError error={error} retry={retry} />;
  if (absent) return <EmptyState title="This run has no features" actions={<ButtonLink href={`${path('runs', 'new')}?clone=${runId}`}>Run it again</ButtonLink>}>It was trained before Thaw kept them, or by a script. Run it again to see its map.</EmptyState>;
  if (!map) return <Skeleton rows={9} />;
  const { evaluated, channels, dimensions, explained } = map.features;
  const sample = map.points.length < evaluated ? `${formatCount(map.points.length)} of ${formatCount(evaluated)} pictures, evenly chosen; ` : '';
  return (
    <>
      <p className="px-1 text-xs text-muted">{sample}{formatCount(channels)} features, of which {proj === 'pca' ? 2 : dimensions} components {proj === 'pca' ? 'are drawn' : `keep ${formatPercent(explained, 0)} of the variance`}.</p>
      {children(map)}
    </>
  );
}

function Selected({ shas, runs, states, onClear }: { shas: ReadonlySet<string>; runs: readonly EvaluatedRun[]; states: readonly MapState[]; onClear: () => void }) {
  const pictures = [...shas].slice(0, mostListed).flatMap((sha256): ComparedPicture[] => {
    const seen = runs.flatMap(({ id }, index) => {
      const found = states[index]?.map?.points.find(({ picture }) => picture.sha256 === sha256);
      return found ? [{ runId: id, ...found }] : [];
    });
    const [one] = seen;
    return one ? [{ __typename: 'ComparedPicture', picture: one.picture, label: one.label, agree: seen.every(({ predicted }) => predicted === one.predicted), predictions: seen } as unknown as ComparedPicture] : [];
  });
  const wrong = pictures.filter(({ predictions }) => predictions.some(({ correct }) => !correct)).length;
  return (
    <Panel title={<>Selected pictures <span className="num font-normal text-muted" role="status">{shas.size}{shas.size > pictures.length ? `, the first ${pictures.length} listed` : ''}; {wrong} with a mistake</span></>} actions={<Button size="sm" onClick={onClear}>Clear selection</Button>}>
      {pictures.length === 0 ? <p className="text-muted">There is no picture in that area.</p> : <ComparedPictures pictures={pictures} names={new Map(runs.map(({ id, name }) => [id, name]))} label="Selected pictures" busy={false} />}
    </Panel>
  );
}
