import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { FileInput } from '../dataset/dataset.input';
import { UserError } from '../errors';
import { JSONScalar } from '../scalars';
import { Artifact, ArtifactKind } from './artifact.type';

@InputType({ description: 'Files of a run under one name.' })
export class LogArtifactInput {
  @Field(() => ID, { description: 'The run it belongs to.' })
  runId!: string;

  @Field(() => String, { nullable: true, description: 'As claimRun gave it; external runs need none.' })
  leaseToken?: string | null;

  @Field(() => String, { description: 'Unique within its run: the same name replaces.' })
  name!: string;

  @Field(() => ArtifactKind, { description: 'Decides what is checked, and how it is shown.' })
  kind!: keyof typeof ArtifactKind;

  @Field(() => [FileInput], { description: 'Uploaded before.' })
  files!: FileInput[];

  @Field(() => JSONScalar, { nullable: true, description: 'Any JSON, kept beside the files.' })
  metadata?: unknown;
}

@ObjectType({ description: 'What became of an artifact that was logged.' })
export class ArtifactPayload {
  @Field(() => Artifact, { nullable: true, description: 'As it is stored; null when there are userErrors.' })
  artifact!: Artifact | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
