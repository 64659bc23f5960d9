import { decodeCursor } from '../connection';
import { badInput } from '../errors';

/** The cursor of a list in the order of positions in a version. */
export function readPosition(cursor: string | null | undefined): number | undefined {
  if (cursor == null) return undefined;
  return readPositions(cursor, 1)[0];
}

/** A cursor that tells `count` positions. */
export function readPositions(cursor: string, count: number): number[] {
  const positions = decodeCursor(cursor);
  if (positions.length === count && positions.every(isPosition)) return positions;
  throw badInput('after is no cursor of this list. Pass pageInfo.endCursor of its previous page.');
}

/** Postgres takes no larger integer. */
const isPosition = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
