/** What clocks and calendars of a zone show. */
export interface ZonedTime {
  /** 2026-03-05 */
  day: string;
  /** 14:02:11 */
  time: string;
  /** 042 */
  milliseconds: string;
  /** UTC+1 */
  offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than a thousand uses. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, timeZoneName: 'shortOffset',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Written the same in every language and country: 2026-03-05 can be taken for no other day. */
export function zonedTime(at: number, zone: string): ZonedTime {
  const part = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: `${part.get('year')}-${part.get('month')}-${part.get('day')}`,
    time: `${part.get('hour')}:${part.get('minute')}:${part.get('second')}`,
    milliseconds: part.get('fractionalSecond')!,
    offset: part.get('timeZoneName')!.replace('GMT', 'UTC'),
  };
}

/** "2026-03-05 14:02:11 (Europe/Berlin, UTC+1)": summer and winter time differ, so the offset is said with it. */
export function fullTime(at: number, zone: string): string {
  const { day, time, offset } = zonedTime(at, zone);
  return `${day} ${time} (${zone === 'UTC' ? zone : `${zone}, ${offset}`})`;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}
