const secondsIn: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const dayMilliseconds = 86_400_000;

const duration = /^(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:ms|[smhdw]))+$/i;
const part = /(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(ms|[smhdw])/gi;

/** Finite numbers as JSON or people write them; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Seconds of "30s", "1h30m" or a bare number. */
export function readDuration(text: string): number | undefined {
  if (!duration.test(text)) return readNumber(text);
  const seconds = [...text.matchAll(part)].reduce((sum, [, amount, unit]) => sum + Number(amount) * secondsIn[unit!.toLowerCase()]!, 0);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** The span of time a date names, in milliseconds since the epoch: a whole day, or one millisecond. */
export interface Span {
  from: number;
  to: number;
}

const isoDay = /^\d{4}-\d\d-\d\d$/;
const isoMoment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?$/i;

/** "2025-01-31", "2025-01-31T12:00Z", "-7d", "7d ago", "today", "yesterday", "now". Without a zone: UTC. */
export function readDate(text: string, now: number): Span | undefined {
  const word = text.trim().toLowerCase();
  const today = Math.floor(now / dayMilliseconds) * dayMilliseconds;
  if (word === 'now') return moment(now);
  if (word === 'today') return { from: today, to: today + dayMilliseconds };
  if (word === 'yesterday') return { from: today - dayMilliseconds, to: today };
  const ago = /^-(\S+)$/.exec(word)?.[1] ?? /^(\S+)\s+ago$/.exec(word)?.[1];
  if (ago) {
    const seconds = duration.test(ago) ? readDuration(ago) : undefined;
    return seconds === undefined ? undefined : moment(now - seconds * 1000);
  }
  if (isoDay.test(word)) {
    const from = Date.parse(`${word}T00:00:00.000Z`);
    // Date.parse takes the 31st of a month with 30 days for the first of the next.
    return Number.isNaN(from) || new Date(from).toISOString().slice(0, 10) !== word ? undefined : { from, to: from + dayMilliseconds };
  }
  if (!isoMoment.test(word)) return undefined;
  const zoned = /(?:z|[+-]\d\d:?\d\d)$/.test(word.slice(10)) ? word : `${word}z`;
  return moment(Date.parse(zoned.replace(' ', 't').toUpperCase()));
}

/** Years 1 to 9999: what the API's dates and its database can say. */
function moment(at: number): Span | undefined {
  const from = Math.round(at);
  return from >= -62_135_596_800_000 && from < 253_402_300_799_999 ? { from, to: from + 1 } : undefined;
}
