import type { ArtifactRow } from '@thaw/db';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import { Artifact, ArtifactMatrix, ArtifactTable } from './artifact.type';
import { isSingleFile } from './check-content';
import { readMatrix } from './read-matrix';
import { readTable } from './read-table';

const mostRows = 1000;
/** Classes: larger matrices are read from url. */
const widestMatrix = 100;
/** Bytes of a text that one answer holds. */
const longestText = 100_000;

@Resolver(() => Artifact)
export class ArtifactContentResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Path on this server of an IMAGE, TABLE, CONFUSION_MATRIX or TEXT, as it is stored; null for other kinds, whose files are at /blobs/<sha256>.' })
  url(@Root() { id, kind }: ArtifactRow): string | null {
    return isSingleFile(kind) ? `/artifacts/${id}` : null;
  }

  @FieldResolver(() => ArtifactTable, { nullable: true, description: 'Rows of a TABLE; null for other kinds.' })
  async table(
    @Root() { kind, files }: ArtifactRow,
    @Ctx() { blobs }: Context,
    @Arg('first', () => Int, { defaultValue: 100, description: `Rows, at most ${mostRows}.` }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Rows to leave out before.' }) offset: number,
  ): Promise<ArtifactTable | null> {
    if (first < 1 || first > mostRows || offset < 0) throw badInput(`first is ${first} and offset ${offset}. first must be from 1 to ${mostRows}, offset 0 or more.`);
    if (kind !== 'TABLE') return null;
    const { columns, rows } = readTable(await blobs.read(files[0]!.sha256));
    return { columns, rowCount: rows.length, rows: rows.slice(offset, offset + first) };
  }

  @FieldResolver(() => ArtifactMatrix, { nullable: true, description: `A CONFUSION_MATRIX of at most ${widestMatrix} classes; null for larger ones, which url has, and for other kinds.` })
  async confusionMatrix(@Root() { kind, files }: ArtifactRow, @Ctx() { blobs }: Context): Promise<ArtifactMatrix | null> {
    if (kind !== 'CONFUSION_MATRIX') return null;
    const stored = readMatrix(await blobs.read(files[0]!.sha256));
    return stored.classes.length <= widestMatrix ? stored : null;
  }

  @FieldResolver(() => String, { nullable: true, description: `The beginning of a TEXT, at most ${longestText} bytes of it; null for other kinds. It is whole when size is not larger.` })
  async text(@Root() { kind, files, size }: ArtifactRow, @Ctx() { blobs }: Context): Promise<string | null> {
    if (kind !== 'TEXT') return null;
    if (size === 0) return '';
    const parts: Buffer[] = [];
    for await (const chunk of blobs.stream(files[0]!.sha256, { end: longestText - 1 })) parts.push(chunk as Buffer);
    // As a stream: a character that is cut at the end is left out.
    return new TextDecoder().decode(Buffer.concat(parts), { stream: true });
  }
}
