'use client';

import { useQuery } from '@apollo/client/react';
import { Database } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { EChart } from '../../../charts/echart';
import type { ChartTheme } from '../../../charts/chart-theme';
import { plural } from '../../../format/numbers';
import { TrainedPicturesDocument, type TrainedPicturesQuery } from '../../../generated/graphql';
import { useProjectPath } from '../../../shell/project-context';
import { ButtonLink } from '../../../ui/button';
import { QueryError } from '../../../ui/callout';
import { EmptyState, Panel, Skeleton } from '../../../ui/panel';
import { byTarget } from '../remaining-runs';
import type { Explored } from '../use-explored';
import { sayDoubling, sizeCurves, type SizeCurve } from './size-groups';
import { sizeOption } from './size-option';

const mostCurves = 7;

/** Whether more pictures would help: the target over how many each run was trained with. */
export function LearningCurves({ explored }: { explored: Explored }) {
  const { runs, target, lower } = explored;
  const ids = runs.map(({ id }) => id);
  const { data, previousData, error, refetch } = useQuery(TrainedPicturesDocument, { variables: { ids, first: Math.max(1, ids.length) } });
  const trained = (data ?? previousData)?.runs.nodes;
  const curves = useMemo(() => {
    if (!trained) return null;
    const counts = new Map(trained.map((run) => [run.id, picturesOf(run, runs.find(({ id }) => id === run.id)?.config)]));
    return sizeCurves({ runs, pictures: runs.map(({ id }) => counts.get(id) ?? null), values: target.values, lower });
  }, [trained, runs, target, lower]);
  if (!curves) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={8} />;
  if (curves.length === 0) return <NothingToSay explored={explored} />;
  return <Curves curves={curves} explored={explored} />;
}

/** As the trainer counted them; of older runs what their dataset and config say. */
function picturesOf({ environment, dataset }: TrainedPicturesQuery['runs']['nodes'][number], config: unknown): number | null {
  const counted = (environment as { trainPictures?: number } | null)?.trainPictures;
  if (typeof counted === 'number') return counted;
  const { trainShare = 1 } = (config ?? {}) as { trainShare?: number };
  return dataset && dataset.trainCount > 0 ? Math.round(dataset.trainCount * trainShare) : null;
}

function Curves({ curves: all, explored: { target, lower } }: { curves: SizeCurve[]; explored: Explored }) {
  const curves = all.slice(0, mostCurves);
  const shape = JSON.stringify([curves, target.id, lower]);
  const option = useCallback((theme: ChartTheme) => sizeOption(curves, target, lower, theme), [shape]);
  return (
    <>
      <Panel title={`${target.label} over the number of training pictures`} actions={all.length > mostCurves && <span className="text-xs text-muted">{mostCurves} of {all.length} kinds of runs, those with the most sizes</span>}>
        <EChart parts={['line', 'bar']} option={option} height={380} label={`Learning curve of ${target.label} over the number of training pictures`} description={curves.map((curve) => `${curve.name}: ${curve.sizes.map(({ pictures, mean }) => `${pictures} pictures ${target.format(mean)}`).join(', ')}.`).join(' ')} />
        <ul className="mt-3 flex max-w-4xl flex-col gap-2">
          {curves.map((curve) => (
            <li key={curve.name}>
              <p className="font-medium">{curve.name}</p>
              <p>{sayDoubling(curve, target.label, lower)}</p>
              {curve.differing.length > 0 && <p className="text-xs text-warning">These runs also differ in {curve.differing.join(', ')}: part of the difference may come from there.</p>}
            </li>
          ))}
        </ul>
        <p className="mt-3 max-w-4xl text-xs text-faint">Points: means over the runs of a size; bars: ± one standard deviation, where there are several seeds. Dashed: error = a · pictures^−b + c, as errors of deep networks were found to fall over orders of magnitude (Hestness et al., “Deep Learning Scaling is Predictable, Empirically”, 2017, arXiv:1712.00409); c, which no number of pictures gets below, is fitted from four sizes up. It supposes more pictures of the same kind, and says nothing beyond a doubling.</p>
      </Panel>
      <SizesTable curves={curves} explored={{ target }} />
    </>
  );
}

function SizesTable({ curves, explored: { target } }: { curves: readonly SizeCurve[]; explored: Pick<Explored, 'target'> }) {
  return (
    <Panel flush title="In numbers">
      <table className="grid-table" aria-label="Learning curves in numbers">
        <thead><tr><th scope="col">Runs of</th><th scope="col" className="right">Pictures</th><th scope="col" className="right">{target.label}</th><th scope="col" className="right">± over seeds</th><th scope="col" className="right">Runs</th></tr></thead>
        <tbody>
          {curves.flatMap(({ name, sizes }) => sizes.map(({ pictures, mean, deviation, runs }) => (
            <tr key={`${name} ${pictures}`}><th scope="row" className="font-normal! text-ink!">{name}</th><td className="right">{pictures.toLocaleString('en-US')}</td><td className="right">{target.format(mean)}</td><td className="right">{target.format(deviation)}</td><td className="right">{runs}</td></tr>
          )))}
        </tbody>
      </table>
    </Panel>
  );
}

/** How to find out, beginning with the best of the runs at hand. */
function NothingToSay({ explored }: { explored: Explored }) {
  const path = useProjectPath();
  const { runs } = explored;
  const best = byTarget(explored, runs.map((_, place) => place)).map((place) => runs[place]!).find(({ kind, dataset, backbone }) => kind === 'MANAGED' && dataset && backbone);
  return (
    <Panel>
      <EmptyState icon={<Database />} title="These runs were all trained with the same number of pictures"
        actions={best && <ButtonLink variant="primary" href={`${path('runs', 'new')}?clone=${best.id}`}>Launch {best.name} with shares</ButtonLink>}>
        {plural(runs.length, 'run')} compared. To see whether more pictures would help, launch one again under “Data” with the share of the pictures (trainShare) 0.125, 0.25 and 0.5, and with two or three seeds if there is time; then compare those with it here. Each share holds the smaller ones, and each class keeps its part.
      </EmptyState>
    </Panel>
  );
}
