import type { Database, RunRow } from '@thaw/db';
import { type ChangePosition, readRecentChanges, readSnapshot, type Snapshot } from '@thaw/db/queries/run/read-changes';
import type { Context } from '../context';
import { badInput } from '../errors';
import { openSeqs, sealSeqs } from '../notify/cursor';

const kind = 'runChanged';
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** While a transaction stays open, what commits beside it is remembered run by run. Beyond this many the oldest are told twice. */
const mostTold = 1_000;

/**
 * What a subscriber has been told of changes: all up to a position, and beyond it single runs. Transactions commit in
 * another order than they are numbered, so the position stays below every one that is still under way.
 */
export class ChangeCursor {
  constructor(
    public position: ChangePosition,
    /** run id → the transaction that made the change told last */
    readonly told: Map<string, number> = new Map(),
  ) {}

  /** Everything that is committed has been told. */
  static async now(db: Database): Promise<ChangeCursor> {
    const snapshot = await readSnapshot(db);
    return new ChangeCursor(below(snapshot), await readRecentChanges(db, snapshot));
  }

  /** For a run that was read when every transaction below `oldest` was over. */
  static of({ id, changedIn }: RunRow, oldest: number): ChangeCursor {
    return new ChangeCursor(below({ oldest }), new Map(changedIn >= oldest ? [[id, changedIn]] : []));
  }

  static open(sealed: string, { next }: Snapshot): ChangeCursor {
    const [position, ...told] = openSeqs(kind, sealed);
    if (!position) throw badInput('after is no cursor of runChanged: it is empty. Pass the changeCursor of a run.');
    if (position[1] >= next) throw badInput('after is a cursor of another database than this one; was it restored from a backup? Read the runs anew, and subscribe without after.');
    return new ChangeCursor({ id: position[0], changedIn: position[1] }, new Map(told));
  }

  seal(): string {
    return sealSeqs(kind, [[this.position.id, this.position.changedIn], ...[...this.told].slice(-mostTold)]);
  }

  knows({ id, changedIn }: RunRow): boolean {
    return this.told.get(id) === changedIn || !isAfter({ changedIn, id }, this.position);
  }

  tell({ id, changedIn }: RunRow): void {
    this.told.delete(id);
    this.told.set(id, changedIn);
  }

  advance(position: ChangePosition): void {
    if (!isAfter(position, this.position)) return;
    this.position = position;
    for (const [id, changedIn] of this.told) if (!isAfter({ changedIn, id }, position)) this.told.delete(id);
  }
}

/** Before an operation reads any run: what its changeCursors are counted from. */
export async function noteChanges(context: Context, source: string): Promise<void> {
  if (source.includes('changeCursor')) context.changesBefore = (await readSnapshot(context.db)).oldest;
}

/** Where one who was told the runs of a read may stand: it was full when more than these are left. */
export function reached(runs: readonly RunRow[], snapshot: Snapshot, isFull: boolean): ChangePosition {
  const limit = below(snapshot);
  const last = runs.at(-1);
  return isFull && last && isAfter(limit, last) ? { changedIn: last.changedIn, id: last.id } : limit;
}

const below = ({ oldest }: Pick<Snapshot, 'oldest'>): ChangePosition => ({ changedIn: Math.max(0, oldest - 1), id: lastId });
const isAfter = (a: ChangePosition, b: ChangePosition) => a.changedIn > b.changedIn || (a.changedIn === b.changedIn && a.id > b.id);
