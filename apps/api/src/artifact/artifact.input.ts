import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { FileInput } from '../dataset/dataset.input';
import { UserError } from '../errors';
import { JSONScalar } from '../scalars';
import { Artifact, ArtifactKind } from './artifact.type';

@InputType()
export class LogArtifactInput {
  @Field(() => ID)
  runId!: string;

  @Field(() => String, { nullable: true, description: 'As claimRun gave it; external runs need none.' })
  leaseToken?: string | null;

  @Field(() => String)
  name!: string;

  @Field(() => ArtifactKind)
  kind!: keyof typeof ArtifactKind;

  @Field(() => [FileInput])
  files!: FileInput[];

  @Field(() => JSONScalar, { nullable: true })
  metadata?: unknown;
}

@ObjectType()
export class ArtifactPayload {
  @Field(() => Artifact, { nullable: true })
  artifact!: Artifact | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
