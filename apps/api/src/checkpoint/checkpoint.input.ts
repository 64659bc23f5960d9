import { retentions } from '@thaw/db/queries/checkpoint/insert-checkpoint';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FileInput } from '../dataset/dataset.input';
import { graphqlEnum } from '../enum';
import { UserError } from '../errors';
import { Checkpoint } from './checkpoint.type';

export const CheckpointRetention = graphqlEnum('CheckpointRetention', retentions, 'Which checkpoints of a run are kept when a new one is logged.', {
  BEST_AND_LATEST: 'The new one, and the one with the best model.',
  LATEST: 'The new one.',
  ALL: 'All of them.',
});

@InputType({ description: 'A checkpoint of a claimed run.' })
export class LogCheckpointInput {
  @Field(() => ID, { description: 'As claimRun answered.' })
  runId!: string;

  @Field(() => String, { description: 'As claimRun gave it. A stale one is refused with LEASE_LOST.' })
  leaseToken!: string;

  @Field(() => Int, { description: 'From 1.' })
  epoch!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Batches of that epoch that are in it; 0: the whole epoch.' })
  batch!: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it holds the best model of the run so far.' })
  best!: boolean;

  @Field(() => [FileInput], { description: 'Uploaded before with POST /blobs.' })
  files!: FileInput[];

  @Field(() => CheckpointRetention, { defaultValue: 'BEST_AND_LATEST', description: 'What happens to those before.' })
  keep!: keyof typeof CheckpointRetention;
}

@ObjectType({ description: 'What became of a checkpoint that was logged.' })
export class CheckpointPayload {
  @Field(() => Checkpoint, { nullable: true, description: 'As it is stored; null when there are userErrors.' })
  checkpoint!: Checkpoint | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
