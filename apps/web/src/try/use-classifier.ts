'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Classifier, ModelFile } from './load-classifier';

export type Loading = { classifier: Classifier } | { problem: string } | 'loading';

/** The model, loaded once per set of files; `retry` loads again after a failure. */
export function useClassifier(files: readonly ModelFile[] | undefined): [Loading, retry: () => void] {
  const [state, setState] = useState<Loading>('loading');
  const [attempt, setAttempt] = useState(0);
  const key = files?.map(({ sha256 }) => sha256).join();
  useEffect(() => {
    if (!files) return;
    let left = false;
    let loaded: Classifier | null = null;
    setState('loading');
    void import('./load-classifier').then(({ loadClassifier }) => loadClassifier(files)).then(
      (classifier) => {
        loaded = classifier;
        if (left) classifier.dispose();
        else setState({ classifier });
      },
      (error: Error) => { if (!left) setState({ problem: error.message }); },
    );
    return () => {
      left = true;
      loaded?.dispose();
    };
    // The files of a digest never change: `key` stands for them.
  }, [key, attempt]);
  return [state, useCallback(() => setAttempt((count) => count + 1), [])];
}
