'use client';

import { useEffect, useState } from 'react';
import type { Analysis, Question } from './analyse';

interface Answer { to: string; analysis: Analysis | null; error: string | null }

/** The answer of the worker, the one before while it works on a new question; null at first. Runs that are read again without anything new are no new question. */
export function useAnalysis(asked: Question): { analysis: Analysis | null; error: string | null; busy: boolean } {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const question = JSON.stringify(asked);
  useEffect(() => {
    const worker = new Worker(new URL('./analyse.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Analysis>) => setAnswer({ to: question, analysis: data, error: null });
    worker.onerror = ({ message }) => setAnswer({ to: question, analysis: null, error: message || 'its code could not be loaded' });
    worker.postMessage(JSON.parse(question));
    return () => worker.terminate();
  }, [question]);
  const busy = answer?.to !== question;
  return { analysis: answer?.analysis ?? null, error: busy ? null : (answer?.error ?? null), busy };
}
