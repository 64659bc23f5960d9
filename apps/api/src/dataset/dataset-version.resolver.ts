import type { DatasetRow, DatasetVersionRow, PictureRow } from '@thaw/db';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findDatasetsById } from '@thaw/db/queries/dataset/find-datasets-by-id';
import { listPictures } from '@thaw/db/queries/dataset/list-pictures';
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput } from '../errors';
import { Dataset, DatasetVersion, Picture, PictureConnection, Split } from './dataset.type';
import { pictureId } from './picture-id';

@Resolver(() => DatasetVersion)
class DatasetVersionResolver {
  @FieldResolver(() => Dataset)
  dataset(@Root() version: DatasetVersionRow, @Ctx() context: Context): Promise<DatasetRow> {
    return loadExisting(context, findDatasetsById, version.datasetId);
  }

  @FieldResolver(() => PictureConnection, { description: 'Training first, then by class and path.' })
  async pictures(
    @Root() version: DatasetVersionRow,
    @Ctx() { db }: Context,
    @Arg('split', () => Split, { nullable: true }) split: keyof typeof Split | undefined,
    @Arg('label', () => String, { nullable: true, description: 'Name of a class.' }) label: string | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Page<PictureRow>> {
    const classIndex = label == null ? undefined : version.classes.findIndex(({ name }) => name === label);
    if (classIndex === -1) throw badInput(`There is no class "${label}". The classes are ${version.classes.map(({ name }) => name).join(', ')}.`);
    const position = after ? Number(decodeCursor(after)[0]) : undefined;
    if (position !== undefined && !Number.isInteger(position)) throw badInput('after is no cursor of a list of pictures. Pass pageInfo.endCursor of its previous page.');
    const rows = await listPictures(db, { versionId: version.id, split, classIndex }, { first: checkFirst(first), after: position });
    return toPage(rows, first, (row) => encodeCursor([row.position]), () => countPictures(version, split, classIndex));
  }
}

/** The class counts hold every sum that can be asked for. */
function countPictures({ classes }: DatasetVersionRow, split: keyof typeof Split | undefined, classIndex: number | undefined): number {
  const counted = classIndex === undefined ? classes : [classes[classIndex]!];
  return counted.reduce((sum, { trainCount, valCount }) => sum + (split === 'VAL' ? 0 : trainCount) + (split === 'TRAIN' ? 0 : valCount), 0);
}

@Resolver(() => Picture)
class PictureResolver {
  @FieldResolver(() => ID)
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

export const versionResolvers = [DatasetVersionResolver, PictureResolver] as const;
