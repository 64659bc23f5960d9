import { trainerStates } from '@thaw/db/queries/trainer/find-trainer-states';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';

export const TrainerState = graphqlEnum('TrainerState', trainerStates, 'How a trainer is.', {
  ALIVE: 'Heard of in the last 15 seconds; it takes runs.',
  DRAINING: 'Alive, but it takes no more runs until it is resumed.',
  LOST: 'Not heard of for 15 seconds: it died, or its network did.',
  STOPPED: 'It said goodbye.',
});

@ObjectType({ description: 'Something a trainer computes on, such as a GPU.' })
export class TrainerDevice {
  @Field(() => String, { description: 'As its maker calls it.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Its own memory in bytes; null when that is not known.' })
  memoryBytes!: number | null;
}

@ObjectType({ description: 'A daemon that claims queued runs and trains them.' })
export class Trainer {
  @Field(() => ID, { description: 'What claimRun and heartbeat want.' })
  id!: string;

  @Field(() => String, { description: 'Unique; a trainer that starts again under its name keeps its id.' })
  name!: string;

  @Field(() => String, { description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string;

  @Field(() => [String], { description: 'What constraints of runs may demand: its own, its backend, and gpu when it computes on one.' })
  labels!: string[];

  @Field(() => Float, { nullable: true, description: 'Memory of its machine in bytes; null when it does not say.' })
  memoryBytes!: number | null;

  @Field(() => Int, { description: 'Runs it works on at a time.' })
  slots!: number;

  @Field(() => [TrainerDevice], { description: 'What it computes on besides the processor.' })
  devices!: TrainerDevice[];

  @Field(() => DateTime, { description: 'Its last heartbeat.' })
  lastSeenAt!: Date;

  @Field(() => DateTime, { description: 'When it first introduced itself.' })
  createdAt!: Date;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions, processor, memory, as the trainer reports them.' })
  environment!: unknown;
}
