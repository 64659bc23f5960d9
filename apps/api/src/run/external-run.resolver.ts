import { finishRun } from '@thaw/db/queries/run/finish-run';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { userError } from '../errors';
import { checkEnd } from './check-end';
import { createRun } from './create-run';
import { CreateRunInput, FinishRunInput } from './external-run.input';
import { deletedRun, unknownRun } from './refusals';
import { RunPayload } from './run.input';

@Resolver()
export class ExternalRunResolver {
  @Mutation(() => RunPayload, { description: 'A run of a script of your own: it is RUNNING at once, and takes metrics and artifacts until finishRun. With end it is the import of a run that has ended.' })
  createRun(@Ctx() context: Context, @Arg('input', () => CreateRunInput, { description: 'The run; only its project is needed.' }) input: CreateRunInput): Promise<RunPayload> {
    return createRun(context, input);
  }

  @Mutation(() => RunPayload, { description: 'Ends an external run. Sending the same end again changes nothing.' })
  async finishRun(@Ctx() { db }: Context, @Arg('input', () => FinishRunInput, { description: 'The run and how it ended.' }) input: FinishRunInput): Promise<RunPayload> {
    const { end, userErrors } = checkEnd(input);
    if (userErrors.length > 0) return { run: null, userErrors };
    const finished = await finishRun(db, input.id, end);
    if (finished.ok) return { run: finished.run, userErrors: [] };
    switch (finished.reason) {
      case 'RUN_UNKNOWN':
        return { run: null, userErrors: [unknownRun('id', input.id)] };
      case 'RUN_DELETED':
        return { run: null, userErrors: [deletedRun('id', finished.run)] };
      case 'RUN_MANAGED':
        return { run: null, userErrors: [userError('id', 'RUN_MANAGED', `Run "${finished.run.name}" belongs to a trainer, which settles it. To stop it, call cancelRun.`)] };
      case 'RUN_ENDED':
        return { run: finished.run, userErrors: [userError('id', 'RUN_ENDED', `Run "${finished.run.name}" is ${finished.run.status} already, and that end cannot be changed. Start another run with createRun.`)] };
      case 'ENDS_BEFORE_START':
        return { run: null, userErrors: [userError('endedAt', 'ENDS_BEFORE_START', `Run "${finished.run.name}" started at ${finished.run.startedAt!.toISOString()}. Give endedAt a time after that, or leave it out.`)] };
    }
  }
}
