import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, JSONScalar } from '../scalars';

@ObjectType({ description: 'A daemon that claims queued runs and trains them.' })
export class Trainer {
  @Field(() => ID, { description: 'What claimRun and heartbeat want.' })
  id!: string;

  @Field(() => String, { description: 'Unique; a trainer that starts again under its name keeps its id.' })
  name!: string;

  @Field(() => String, { description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string;

  @Field(() => DateTime, { description: 'Its last heartbeat.' })
  lastSeenAt!: Date;

  @Field(() => DateTime, { description: 'When it first introduced itself.' })
  createdAt!: Date;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions, processor, memory, as the trainer reports them.' })
  environment!: unknown;
}
