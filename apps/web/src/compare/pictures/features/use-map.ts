'use client';

import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { RunFeaturesDocument, type RunFeaturesQuery } from '../../../generated/graphql';
import type { ProjectRequest } from './map-worker';
import { decodeFloats, type Projection } from './project';

type Features = NonNullable<NonNullable<NonNullable<RunFeaturesQuery['run']>['evaluation']>['features']>;
export type MapPoint = Features['points'][number];

export interface PictureMap {
  points: readonly MapPoint[];
  /** [points, 2], from 0 to 1 */
  coordinates: Float32Array;
  features: Features;
}

export interface MapState {
  map: PictureMap | null;
  /** The run has no features. */
  absent: boolean;
  error: Error | null;
  retry: () => void;
}

/** A run's validation pictures as a map, laid out in a worker: thousands of points take UMAP seconds. */
export function useMap(runId: string, projection: Projection): MapState {
  const { data, error, refetch } = useQuery(RunFeaturesDocument, { variables: { id: runId } });
  const features = data?.run?.evaluation?.features ?? null;
  const [laidOut, setLaidOut] = useState<{ of: string; map: PictureMap } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const wanted = `${runId} ${projection}`;

  useEffect(() => {
    if (!features) return;
    setFailure(null);
    const worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data: coordinates }: MessageEvent<Float32Array>) => {
      setLaidOut({ of: wanted, map: { points: features.points, coordinates, features } });
      worker.terminate();
    };
    worker.onerror = (event) => setFailure(new Error(`The map could not be laid out: ${event.message || 'the worker did not start'}.`));
    worker.postMessage({ values: decodeFloats(features.values), dimensions: features.dimensions, projection } satisfies ProjectRequest);
    return () => worker.terminate();
  }, [features, projection, wanted]);

  return { map: laidOut?.of === wanted ? laidOut.map : null, absent: Boolean(data) && !features, error: error ?? failure, retry: () => void refetch() };
}
