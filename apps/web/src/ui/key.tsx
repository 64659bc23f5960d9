'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** What the key beside the space bar is called here. */
export function useModifier(): string {
  return useSyncExternalStore(never, () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'), () => 'Ctrl');
}

/** A key as it stands on the keyboard. */
export function Key({ children }: { children: string }) {
  return <kbd className="inline-block min-w-5.5 rounded border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-mono text-[11px] leading-4 text-muted">{children}</kbd>;
}
