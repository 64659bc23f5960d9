'use client';

import { useMemo } from 'react';
import { preference } from '../preferences/preference';
import { isZone } from './zoned-time';

/** `browser`, or a zone of the time zone database, such as `UTC` or `Europe/Berlin`. */
export const zonePreference = preference<string>('time-zone', 'browser', (value) => value === 'browser' || isZone(value));

let ofBrowser: string | undefined;

/** Asked for once: every time in a table wants to know. */
export const browserZone = (): string => (ofBrowser ??= Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Every zone that can be chosen, UTC first. */
export const allZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** The zone that times on the page are in. */
export function useTimeZone(): string {
  const chosen = zonePreference.use();
  return useMemo(() => (chosen === 'browser' ? browserZone() : chosen), [chosen]);
}
