import { type DatasetRow, type DatasetVersionRow, isId, type PictureRow } from '@thaw/db';
import { countDuplicates } from '@thaw/db/queries/dataset/count-duplicates';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findDatasetsById } from '@thaw/db/queries/dataset/find-datasets-by-id';
import { findVersionsOfDatasets } from '@thaw/db/queries/dataset/find-versions-of-datasets';
import { countListedDuplicates, listDuplicates } from '@thaw/db/queries/dataset/list-duplicates';
import { listPictures } from '@thaw/db/queries/dataset/list-pictures';
import { countRunsOfVersion, countRunsOfVersions, listRunsOfVersion } from '@thaw/db/queries/dataset/list-runs-of-version';
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput } from '../errors';
import { type RunPage, toRunPage } from '../run/run-page';
import { RunConnection } from '../run/run.type';
import { changesResolvers, compareVersions } from './changes.resolver';
import { DatasetChanges } from './changes.type';
import { Dataset, DatasetVersion, Picture, PictureConnection, Split } from './dataset.type';
import { type Duplicate, DuplicateConnection, DuplicateCounts } from './duplicate.type';
import { pictureId } from './picture-id';
import { readPosition, readPositions } from './read-position';
import { versionWarnings } from './version-warnings';

@Resolver(() => DatasetVersion)
class DatasetVersionResolver {
  @FieldResolver(() => Dataset, { description: 'What it is a version of.' })
  dataset(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<DatasetRow> {
    return loadExisting(context, findDatasetsById, version.datasetId);
  }

  @FieldResolver(() => PictureConnection, { description: 'Training first, then by class and path.' })
  async pictures(
    @Root() version: DatasetVersionRow,
    @Ctx() { db }: Context,
    @Arg('split', () => Split, { nullable: true, description: 'Default: both.' }) split: keyof typeof Split | undefined,
    @Arg('label', () => String, { nullable: true, description: 'Name of a class.' }) label: string | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
  ): Promise<Page<PictureRow>> {
    const classIndex = label == null ? undefined : version.classes.findIndex(({ name }) => name === label);
    if (classIndex === -1) throw badInput(`There is no class "${label}". The classes are ${version.classes.map(({ name }) => name).join(', ')}.`);
    const rows = await listPictures(db, { versionId: version.id, split, classIndex }, { first: checkFirst(first), after: readPosition(after) });
    return toPage(rows, first, (row) => encodeCursor([row.position]), () => countPictures(version, split, classIndex));
  }

  @FieldResolver(() => DatasetVersion, { nullable: true, description: 'The version this one was made from; null for the first.' })
  async parent(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<DatasetVersionRow | null> {
    return version.parentId ? ((await context.load(findDatasetVersions, version.parentId)) ?? null) : null;
  }

  @FieldResolver(() => DatasetChanges, { nullable: true, description: 'What differs from another version of the dataset; null when there is none to compare with.' })
  async changes(@Root() version: DatasetVersionRow, @Ctx() context: Context, @Arg('against', () => Int, { nullable: true, description: 'Number of the other version; its parent when left out.' }) against?: number): Promise<DatasetChanges | null> {
    if (against == null) {
      const parent = await this.parent(version, context);
      return parent && compareVersions(parent, version);
    }
    const versions = await loadExisting(context, findVersionsOfDatasets, version.datasetId);
    const other = versions.find((each) => each.version === against);
    if (!other) throw badInput(`There is no version ${against}. The dataset has versions 1 to ${versions[0]!.version}.`);
    return compareVersions(other, version);
  }

  @FieldResolver(() => [String], { description: 'What is odd about it: classes without validation pictures, and leaks from training into validation.' })
  async warnings(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<string[]> {
    return versionWarnings(version.classes, (await context.load(countDuplicates, version.id)) ?? null);
  }

  @FieldResolver(() => DuplicateCounts, { nullable: true, description: 'null while the pictures of a version from before duplicates were looked for have yet to be compared.' })
  async duplicateCounts(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<DuplicateCounts | null> {
    return (await context.load(countDuplicates, version.id)) ?? null;
  }

  @FieldResolver(() => DuplicateConnection, { description: 'Pairs of alike pictures, in the order of the pictures.' })
  async duplicates(
    @Root() { id: versionId }: DatasetVersionRow,
    @Ctx() { db }: Context,
    @Arg('leaksOnly', () => Boolean, { defaultValue: false, description: 'Only pairs of a training and a validation picture.' }) leaksOnly: boolean,
    @Arg('first', () => Int, { defaultValue: 100, description: 'From 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'pageInfo.endCursor of the page before.' }) after?: string,
  ): Promise<Page<Duplicate>> {
    const filter = { versionId, leaksOnly };
    const pairs = await listDuplicates(db, filter, { limit: checkFirst(first), after: after == null ? undefined : (readPositions(after, 2) as [number, number]) });
    const nodes = pairs.map(({ pair, ...pictures }) => ({ ...pair, ...pictures }));
    return toPage(nodes, first, (node) => encodeCursor([node.first.position, node.second.position]), () => countListedDuplicates(db, filter));
  }

  @FieldResolver(() => RunConnection, { description: 'Runs that used this version, newest first.' })
  async runs(
    @Root() { id }: DatasetVersionRow,
    @Ctx() { db }: Context,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'pageInfo.endCursor of the page before.' }) after?: string,
  ): Promise<RunPage> {
    const rows = await listRunsOfVersion(db, id, { first: checkFirst(first), after: after == null ? undefined : readRunCursor(after) });
    return toRunPage(rows, first, (run) => encodeCursor([run.createdAt.toISOString(), run.id]), () => countRunsOfVersion(db, id));
  }

  @FieldResolver(() => Int, { description: 'How many runs used this version.' })
  async runCount(@Root() { id }: DatasetVersionRow, @Ctx() context: Context): Promise<number> {
    return (await context.load(countRunsOfVersions, id)) ?? 0;
  }
}

function readRunCursor(cursor: string): { createdAt: Date; id: string } {
  const [at, id] = decodeCursor(cursor);
  const createdAt = new Date(typeof at === 'string' ? at : Number.NaN);
  if (typeof id === 'string' && isId(id) && !Number.isNaN(createdAt.getTime())) return { createdAt, id };
  throw badInput('after is no cursor of a list of runs of a version. Pass pageInfo.endCursor of its previous page.');
}

/** The class counts hold every sum that can be asked for. */
function countPictures({ classes }: DatasetVersionRow, split: keyof typeof Split | undefined, classIndex: number | undefined): number {
  const counted = classIndex === undefined ? classes : [classes[classIndex]!];
  return counted.reduce((sum, { trainCount, valCount }) => sum + (split === 'VAL' ? 0 : trainCount) + (split === 'TRAIN' ? 0 : valCount), 0);
}

@Resolver(() => Picture)
class PictureResolver {
  @FieldResolver(() => ID, { description: 'Of this picture in this version.' })
  id(@Root() picture: PictureRow): string {
    return pictureId(picture);
  }

  @FieldResolver(() => String, { description: 'Class name.' })
  async label(@Root() picture: PictureRow, @Ctx() context: Context): Promise<string> {
    const { classes } = await loadExisting(context, findDatasetVersions, picture.versionId);
    return classes[picture.classIndex]!.name;
  }

  @FieldResolver(() => String, { description: 'Path on this server of the re-encoded picture; append ?width=N for a thumbnail.' })
  url(@Root() { sha256 }: PictureRow): string {
    return `/pictures/${sha256}`;
  }
}

export const versionResolvers = [DatasetVersionResolver, PictureResolver, ...changesResolvers] as const;
