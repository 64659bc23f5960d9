import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { userError } from '../errors';
import { collectGarbage } from './collect-garbage';
import { CollectGarbagePayload } from './gc.type';

@Resolver()
class GcResolver {
  @Mutation(() => CollectGarbagePayload, {
    description: 'Removes for good what is deleted, then the stored files that nothing refers to, and gives the space back to the disk. Runs only when it is called: nothing empties the trash by itself. Answers when it is done, which may take minutes; others can go on working, but wait while a table that is half empty or more is rewritten.',
  })
  async collectGarbage(
    @Ctx() context: Context,
    @Arg('olderThanSeconds', () => Int, { defaultValue: 0, description: 'Only what was deleted at least so long ago.' }) olderThanSeconds: number,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Only say what would be removed.' }) dryRun: boolean,
  ): Promise<CollectGarbagePayload> {
    if (olderThanSeconds < 0) return refuse('olderThanSeconds', 'INVALID_AGE', `olderThanSeconds is ${olderThanSeconds}. It must be 0 or more.`);
    const collected = await collectGarbage(context, { olderThanSeconds, dryRun });
    if (collected === 'GC_RUNNING') return refuse(null, collected, 'Another gc is running. Wait for its end; it removes the same.');
    if (collected === 'BACKUP_RUNNING') return refuse(null, collected, 'A backup is being taken, which needs every file to stay. Run gc again when it is done.');
    return { ...collected, userErrors: [] };
  }
}

const refuse = (field: string | null, code: string, message: string): CollectGarbagePayload => ({
  runs: 0, datasets: 0, projects: 0, deliveries: 0, blobs: 0, blobBytes: 0, databaseBytesBefore: null, databaseBytesAfter: null, notes: [], userErrors: [userError(field, code, message)],
});

export const gcResolvers = [GcResolver] as const;
