'use client';

import { Images } from 'lucide-react';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { formatCount } from '../../format/numbers';
import { QueryError } from '../../ui/callout';
import { Segments } from '../../ui/segments';
import { EmptyState, Skeleton } from '../../ui/panel';
import type { Compared } from '../compare-page';
import { mostRuns, useEvaluations } from './evaluations';
import { Gallery } from './gallery';
import { Matrices } from './matrices';

// UMAP and ECharts come when somebody looks at the map.
const FeatureView = dynamic(() => import('./features/feature-view').then((module) => module.FeatureView), { ssr: false, loading: () => <Skeleton rows={8} /> });

const views = [{ value: 'gallery', label: 'Same picture, every run' }, { value: 'confusion', label: 'Confusion' }, { value: 'map', label: 'Feature map' }] as const;

/** How the runs see the validation pictures. */
export function Pictures({ runs }: Compared) {
  const [view, setView] = useQueryState('view', parseAsStringLiteral(views.map(({ value }) => value)).withDefault('gallery').withOptions({ history: 'replace' }));
  const { evaluated, loading, error, refetch } = useEvaluations(runs);
  if (loading) return <Skeleton rows={10} />;
  if (error && evaluated.length === 0) return <QueryError error={error} retry={() => void refetch()} />;
  if (evaluated.length === 0) return <EmptyState icon={<Images />} title="No run here has an evaluation">A run is evaluated on the validation pictures when it has finished. Choose a finished run, or wait for one of these.</EmptyState>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Segments label="Ways to look at pictures" value={view} onChange={(next) => void setView(next)} options={views} />
        {runs.length > mostRuns && <p className="text-xs text-muted">Pictures of {mostRuns} runs at most are compared at once: of the {formatCount(runs.length)} here, the first that have ended.</p>}
      </div>
      {view === 'gallery' && <Gallery runs={evaluated} />}
      {view === 'confusion' && <Matrices runs={evaluated} />}
      {view === 'map' && <FeatureView runs={evaluated} />}
    </>
  );
}
