import { Field, InputType, ObjectType } from 'type-graphql';
import { FileInput } from '../dataset/dataset.input';
import { UserError } from '../errors';
import { JSONScalar } from '../scalars';
import { Backbone } from './backbone.type';

@InputType({ description: 'A pretrained network of your own.' })
export class ImportBackboneInput {
  @Field(() => String, { description: 'Unique. The name of a catalogue backbone that is not downloaded is filled, when the files are the same.' })
  name!: string;

  @Field(() => [FileInput], { description: 'A tfjs LayersModel folder, model.json and its weight files; or one file: .keras, .h5 or .safetensors.' })
  files!: FileInput[];

  @Field(() => String, { nullable: true, description: 'Needed for .safetensors, such as tf_efficientnet_lite0, and for an .h5 file of weights alone; whole models describe themselves.' })
  architecture?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: '{ range: [-1, 1] } or { mean, std }, with channelOrder: "bgr" where blue comes first; or "tf", "torch", "caffe" as in Keras. Default: read from a known architecture, else range [-1, 1].' })
  preprocessing?: unknown;

  @Field(() => String, { nullable: true, description: 'Of the weights.' })
  licence?: string | null;

  @Field(() => String, { nullable: true, description: 'Layer to cut at; default: the input of the global pooling, else of the last dense layer.' })
  featureLayer?: string | null;
}

@ObjectType({ description: 'What became of a backbone that was imported or fetched.' })
export class BackbonePayload {
  @Field(() => Backbone, { nullable: true, description: 'As it stands now; null when there are userErrors.' })
  backbone!: Backbone | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
