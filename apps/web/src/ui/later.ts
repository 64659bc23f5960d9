'use client';

import { useEffect, useState } from 'react';

/** A part of the code that nobody needs before something is pressed. */
export interface Later<Part> {
  /** null until it is loaded. */
  part: Part | null;
  load(): Promise<Part>;
}

export function later<Part>(read: () => Promise<Part>): Later<Part> {
  let loading: Promise<Part> | undefined;
  const self: Later<Part> = {
    part: null,
    load: () => (loading ??= read().then((part) => (self.part = part), (error: unknown) => {
      // The next press tries again.
      loading = undefined;
      throw error;
    })),
  };
  return self;
}

/** The part once it is wanted and there. */
export function useLater<Part>(wanted: boolean, held: Later<Part>, onFailure: () => void): Part | null {
  const [, loaded] = useState(held.part !== null);
  useEffect(() => {
    if (!wanted || held.part) return;
    let current = true;
    held.load().then(() => current && loaded(true), () => current && onFailure());
    return () => {
      current = false;
    };
    // Told once for each time it is wanted.
  }, [wanted, held]);
  return wanted ? held.part : null;
}
