import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import { sha256Pattern } from './blob-store';

/** A body of this many is 70 kB. */
const most = 1000;

@Resolver()
class BlobResolver {
  @Query(() => [String], { description: 'Of these, the ones that are not stored yet, each once: who sends many files asks before, and after a break sends only what is missing.' })
  async missingBlobs(@Ctx() { db }: Context, @Arg('sha256s', () => [String], { description: `At most ${most}, each 64 lower-case hexadecimal digits.` }) sha256s: string[]): Promise<string[]> {
    if (sha256s.length > most) throw badInput(`sha256s has ${sha256s.length} entries; at most ${most} may be asked for at once. Ask in parts.`);
    const strange = sha256s.find((each) => !sha256Pattern.test(each));
    if (strange !== undefined) throw badInput(`sha256s holds "${strange.slice(0, 80)}", which is no sha256: 64 lower-case hexadecimal digits.`);
    const stored = await findBlobSizes(db, sha256s);
    return [...new Set(sha256s)].filter((each) => !stored.has(each));
  }
}

export const blobResolvers = [BlobResolver] as const;
