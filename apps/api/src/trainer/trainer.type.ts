import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, JSONScalar } from '../scalars';

@ObjectType({ description: 'A daemon that claims queued runs and trains them.' })
export class Trainer {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique; a trainer that starts again under its name keeps its id.' })
  name!: string;

  @Field(() => String, { description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string;

  @Field(() => DateTime)
  lastSeenAt!: Date;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions, processor, memory, as the trainer reports them.' })
  environment!: unknown;
}
