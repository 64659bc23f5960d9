import { Field, InputType, ObjectType } from 'type-graphql';
import { FileInput } from '../dataset/dataset.input';
import { UserError } from '../errors';
import { JSONScalar } from '../scalars';
import { Backbone } from './backbone.type';

@InputType()
export class ImportBackboneInput {
  @Field(() => String, { description: 'Unique. The name of a catalogue backbone that is not downloaded is filled, when the files are the same.' })
  name!: string;

  @Field(() => [FileInput], { description: 'A tfjs LayersModel folder, model.json and its weight files; or one .safetensors file.' })
  files!: FileInput[];

  @Field(() => String, { nullable: true, description: 'Needed for .safetensors, such as tf_efficientnet_lite0; a tfjs LayersModel describes itself.' })
  architecture?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: '{ range: [-1, 1] } or { mean, std }; default read from a known architecture, else range [-1, 1].' })
  preprocessing?: unknown;

  @Field(() => String, { nullable: true })
  licence?: string | null;

  @Field(() => String, { nullable: true, description: 'Layer to cut at; default: the input of the global pooling, else of the last dense layer.' })
  featureLayer?: string | null;
}

@ObjectType()
export class BackbonePayload {
  @Field(() => Backbone, { nullable: true })
  backbone!: Backbone | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
