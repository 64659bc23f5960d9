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

/**
 * The zone of this name, however it is spelled; null: there is none. Which of the names of a zone are listed differs from
 * browser to browser, and is often the old one (Asia/Calcutta): all are taken.
 */
export function zoneCalled(typed: string): string | null {
  const name = typed.trim();
  if (!isZone(name)) return null;
  return allZones().find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? name;
}

const zoneOf = (chosen: string): string => (chosen === 'browser' ? browserZone() : chosen);

/** The zone that times on the page are in. */
export function useTimeZone(): string {
  const chosen = zonePreference.use();
  return useMemo(() => zoneOf(chosen), [chosen]);
}

/** The same for what is drawn outside of React, such as a canvas. */
export const currentZone = (): string => zoneOf(zonePreference.read());
