import type { ReactNode } from 'react';

/** Says that a form holds what was typed before, and offers to begin anew. */
export function RestoredNote({ restored, onReset, children = 'This is what you typed before.' }: { restored: boolean; onReset: () => void; children?: ReactNode }) {
  if (!restored) return null;
  return <p role="status" className="flex flex-wrap items-center gap-x-2 rounded-md bg-accent-soft px-3 py-2">{children} <button type="button" onClick={onReset} className="font-medium text-accent underline">Start over</button></p>;
}
