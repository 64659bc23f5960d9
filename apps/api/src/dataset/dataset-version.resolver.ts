import { type DatasetRow, type DatasetVersionRow, isId, type PictureRow } from '@thaw/db';
import { findArtifactsOfRuns } from '@thaw/db/queries/artifact/find-artifacts-of-runs';
import { countDuplicates } from '@thaw/db/queries/dataset/count-duplicates';
import { countTinyPictures } from '@thaw/db/queries/dataset/count-tiny-pictures';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findDatasetsById } from '@thaw/db/queries/dataset/find-datasets-by-id';
import { findDuplicatesOfPictures } from '@thaw/db/queries/dataset/find-duplicates-of-pictures';
import { findVersionsOfDatasets } from '@thaw/db/queries/dataset/find-versions-of-datasets';
import { countListedDuplicates, listDuplicates } from '@thaw/db/queries/dataset/list-duplicates';
import { countListedPictures, findPicturesById, listPictures, lookUpPictures } from '@thaw/db/queries/dataset/list-pictures';
import { countRunsOfVersion, countRunsOfVersions, listRunsOfVersion } from '@thaw/db/queries/dataset/list-runs-of-version';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { evaluationFileOf } from '../artifact/keyed-evaluations';
import { readEvaluation } from '../artifact/read-evaluation';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput } from '../errors';
import { type RunPage, toRunPage } from '../run/run-page';
import { RunConnection } from '../run/run.type';
import { changesResolvers, compareVersions } from './changes.resolver';
import { DatasetChanges } from './changes.type';
import { Dataset, DatasetVersion, Picture, PictureConnection, Split } from './dataset.type';
import { type Duplicate, DuplicateConnection, DuplicateCounts, DuplicateKind, DuplicateOfPicture } from './duplicate.type';
import { Finding } from './finding.type';
import { parsePictureId, pictureId } from './picture-id';
import { readPosition, readPositions } from './read-position';
import { versionFindings } from './version-findings';
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
    @Ctx() context: Context,
    @Arg('split', () => Split, { nullable: true, description: 'Default: both.' }) split: keyof typeof Split | undefined,
    @Arg('label', () => String, { nullable: true, description: 'Name of a class.' }) label: string | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
    @Arg('search', () => String, { nullable: true, description: 'Part of the path, in any case.' }) search?: string,
    @Arg('wrongBy', () => ID, { nullable: true, description: 'Run on this version: only validation pictures that it told wrong.' }) wrongBy?: string,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Leaves out so many before the first: for whoever jumps rather than pages.' }) offset = 0,
  ): Promise<Page<PictureRow>> {
    const classIndex = label == null ? undefined : version.classes.findIndex(({ name }) => name === label);
    if (classIndex === -1) throw badInput(`There is no class "${label}". The classes are ${version.classes.map(({ name }) => name).join(', ')}.`);
    if (offset < 0) throw badInput(`offset is ${offset}. It must be 0 or more.`);
    const filter = { versionId: version.id, split, classIndex, search, positions: wrongBy == null ? undefined : await mistakesOf(context, version, wrongBy) };
    const rows = await listPictures(context.db, filter, { first: checkFirst(first), after: readPosition(after), offset });
    const counted = search || filter.positions;
    return toPage(rows, first, (row) => encodeCursor([row.position]), () => (counted ? countListedPictures(context.db, filter) : countPictures(version, split, classIndex)));
  }

  @FieldResolver(() => [Picture], { description: 'Pictures with one of these paths or with the bytes of one of these digests, 1000 of each at most: what of new files is there already.' })
  lookUp(
    @Root() { id }: DatasetVersionRow,
    @Ctx() { db }: Context,
    @Arg('paths', () => [String], { defaultValue: [], description: 'As pictures show them.' }) paths: string[],
    @Arg('sha256s', () => [String], { defaultValue: [], description: 'Of the files as they were imported.' }) sha256s: string[],
  ): Promise<PictureRow[]> {
    if (Math.max(paths.length, sha256s.length) > 1000) throw badInput(`There are ${paths.length} paths and ${sha256s.length} sha256s; at most 1000 of each may be looked up at once.`);
    return lookUpPictures(db, id, { paths, sha256s });
  }

  @FieldResolver(() => [Finding], { description: 'What is odd about it, with evidence, what matters most first. Leaks and duplicates are missing while its pictures are being compared.' })
  async findings(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<Finding[]> {
    const [duplicates, tiny] = await Promise.all([context.load(countDuplicates, version.id), context.load(countTinyPictures, version.id)]);
    return versionFindings({ version, duplicates: duplicates ?? null, tiny: tiny ?? null });
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
    @Arg('leaksOnly', () => Boolean, { defaultValue: false, description: 'Only pairs of a training and a validation picture.', deprecationReason: 'Since 0.1: say kind: LEAK. Goes in 0.3.' }) leaksOnly: boolean,
    @Arg('first', () => Int, { defaultValue: 100, description: 'From 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'pageInfo.endCursor of the page before.' }) after?: string,
    @Arg('kind', () => DuplicateKind, { nullable: true, description: 'Default: all.' }) kind?: keyof typeof DuplicateKind,
  ): Promise<Page<Duplicate>> {
    const filter = { versionId, kind: kind ?? (leaksOnly ? 'LEAK' as const : null) };
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

async function mistakesOf(context: Context, version: DatasetVersionRow, runId: string): Promise<number[]> {
  const run = isId(runId) ? await context.load(findRuns, runId) : undefined;
  if (run?.datasetVersionId !== version.id) throw badInput(`wrongBy is ${runId}, which is no run on version ${version.version} of the dataset. Its runs field lists them.`);
  const file = evaluationFileOf(await loadExisting(context, findArtifactsOfRuns, runId));
  if (!file) return [];
  const wrong = readEvaluation(await context.blobs.read(file.sha256)).predictions.filter(({ label, predicted }) => label !== predicted);
  return wrong.flatMap(({ picture }) => parsePictureId(picture)?.position ?? []);
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

  @FieldResolver(() => [DuplicateOfPicture], { description: 'Pictures of the version that are the same, or nearly so, most alike first.' })
  async duplicates(@Root() picture: PictureRow, @Ctx() context: Context): Promise<DuplicateOfPicture[]> {
    const found = await loadExisting(context, findDuplicatesOfPictures, pictureId(picture));
    const others = await Promise.all(found.map(({ versionId, other }) => context.load(findPicturesById, pictureId({ versionId, position: other }))));
    return found.map((pair, index) => ({ ...pair, picture: others[index]! }));
  }

  @FieldResolver(() => String, { description: 'Path on this server of the re-encoded picture; append ?width=N for a thumbnail.' })
  url(@Root() { sha256 }: PictureRow): string {
    return `/pictures/${sha256}`;
  }
}

export const versionResolvers = [DatasetVersionResolver, PictureResolver, ...changesResolvers] as const;
