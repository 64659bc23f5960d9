import { decodeNumber, encodeNumber, type MetricNumber as EncodedNumber, type MetricPoints } from '@thaw/series';
import { GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { badInput } from './errors';

export const JSONScalar = GraphQLJSON;

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'ISO 8601 with time zone, in UTC',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDate(value: unknown): Date {
  // Without a zone Date.parse would take the server's own, which no caller can know.
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(value)) {
    const date = new Date(value);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw badInput(`${JSON.stringify(value)} is not a date with a time zone, such as "2025-01-31T12:00:00Z".`);
}

/** Passed through as it came: logMetrics checks it, and tells every problem as a userError. */
export const MetricColumnsScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'MetricColumns',
  description:
    'One metric\'s points as columns: { key: string (1 to 512 bytes), steps: int[], times: float[] (seconds since the epoch; now when left out), values: number[] }. NaN, Infinity and -Infinity are written as the strings "NaN", "Infinity", "-Infinity". Each column may also be a base64 string of little-endian float64, which is read faster.',
});

export const MetricPointsScalar = new GraphQLScalarType<MetricPoints, MetricPoints>({
  name: 'MetricPoints',
  description: 'Points as columns without the key: { steps, times, values }, and x, the positions on the x axis, unless that is the step, and smoothed, when that was asked for. Numbers as in MetricColumns; with the encoding BASE64 each column is a base64 string of little-endian float64.',
  serialize: (value) => value as MetricPoints,
});

export const MetricNumber = new GraphQLScalarType<number, EncodedNumber>({
  name: 'MetricNumber',
  description: 'A float, or the strings NaN, Infinity, -Infinity',
  serialize: (value) => encodeNumber(value as number),
  parseValue: readNumber,
  parseLiteral: (node, variables) => readNumber(valueFromASTUntyped(node, variables)),
});

function readNumber(value: unknown): number {
  const number = decodeNumber(value);
  if (number === undefined) throw badInput(`${JSON.stringify(value)} is not a number, "NaN", "Infinity" or "-Infinity".`);
  return number;
}
