import type { DatasetVersionRow, PictureRow } from '@thaw/db';
import { type ChangeCounts, type ChangedPicture, countChanges, listChanges, type PictureChange as Kind } from '@thaw/db/queries/dataset/compare-versions';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { checkFirst, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { type ClassChange, DatasetChanges, PictureChangeConnection } from './changes.type';
import { PictureConnection } from './dataset.type';
import { readPosition } from './read-position';

const first = { defaultValue: 100, description: 'From 1 to 1000.' };
const after = { nullable: true, description: 'pageInfo.endCursor of the page before.' };

@Resolver(() => DatasetChanges)
class ChangesResolver {
  readonly #counts = new WeakMap<DatasetChanges, Promise<ChangeCounts>>();

  @FieldResolver(() => PictureConnection, { description: 'Pictures that only this version has.' })
  added(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<PictureRow>> {
    return this.#page(context, changes, 'ADDED', count, cursor, (change) => change.after!);
  }

  @FieldResolver(() => PictureConnection, { description: 'Pictures that only the version compared with has.' })
  removed(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<PictureRow>> {
    return this.#page(context, changes, 'REMOVED', count, cursor, (change) => change.before!);
  }

  @FieldResolver(() => PictureChangeConnection, { description: 'Pictures whose path now leads to other bytes.' })
  replaced(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<ChangedPicture>> {
    return this.#page(context, changes, 'REPLACED', count, cursor, (change) => change);
  }

  @FieldResolver(() => PictureChangeConnection, { description: 'Pictures with the same bytes under another path.' })
  renamed(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<ChangedPicture>> {
    return this.#page(context, changes, 'RENAMED', count, cursor, (change) => change);
  }

  @FieldResolver(() => PictureChangeConnection, { description: 'Pictures that are in another class.' })
  relabelled(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<ChangedPicture>> {
    return this.#page(context, changes, 'RELABELLED', count, cursor, (change) => change);
  }

  @FieldResolver(() => PictureChangeConnection, { description: 'Pictures that went from training to validation or back.' })
  moved(@Root() changes: DatasetChanges, @Ctx() context: Context, @Arg('first', () => Int, first) count: number, @Arg('after', () => String, after) cursor?: string): Promise<Page<ChangedPicture>> {
    return this.#page(context, changes, 'MOVED', count, cursor, (change) => change);
  }

  @FieldResolver(() => Int, { description: 'Pictures that are the same in path, bytes, class and split.' })
  async unchanged(@Root() changes: DatasetChanges, @Ctx() context: Context): Promise<number> {
    return (await this.#count(context, changes)).UNCHANGED;
  }

  async #page<Row>(context: Context, changes: DatasetChanges, kind: Kind, count: number, cursor: string | undefined, rowOf: (change: ChangedPicture) => Row): Promise<Page<Row>> {
    const found = await listChanges(context.db, changes.comparison, kind, { first: checkFirst(count), after: readPosition(cursor) });
    const page = toPage(found, count, (change) => encodeCursor([(kind === 'REMOVED' ? change.before! : change.after!).position]), async () => (await this.#count(context, changes))[kind]);
    return { ...page, edges: page.edges.map(({ cursor: at, node }) => ({ cursor: at, node: rowOf(node) })), nodes: page.nodes.map(rowOf) };
  }

  /** All six counts come from one query, whichever are asked for. */
  #count({ db }: Context, changes: DatasetChanges): Promise<ChangeCounts> {
    const known = this.#counts.get(changes);
    if (known) return known;
    const counts = countChanges(db, changes.comparison);
    this.#counts.set(changes, counts);
    return counts;
  }
}

export function compareVersions(from: DatasetVersionRow, to: DatasetVersionRow): DatasetChanges {
  const [before, now] = [classesOf(from), classesOf(to)];
  const names = [...new Set([...before.keys(), ...now.keys()])].sort();
  return {
    from,
    to,
    classesAdded: names.filter((name) => !before.has(name)),
    classesRemoved: names.filter((name) => !now.has(name)),
    classes: names.map((name): ClassChange => ({
      name,
      trainBefore: before.get(name)?.trainCount ?? 0,
      trainAfter: now.get(name)?.trainCount ?? 0,
      valBefore: before.get(name)?.valCount ?? 0,
      valAfter: now.get(name)?.valCount ?? 0,
    })),
    comparison: { from: from.id, to: to.id, classIndexes: from.classes.map(({ name }) => to.classes.findIndex((each) => each.name === name)) },
  };
}

const classesOf = ({ classes }: DatasetVersionRow) => new Map(classes.map((each) => [each.name, each]));

export const changesResolvers = [ChangesResolver] as const;
