import { backboneSource, backboneStatus } from '@thaw/db';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { StoredFile } from '../blob/stored-file.type';

export const BackboneSource = graphqlEnum('BackboneSource', backboneSource.enumValues, 'Where a backbone’s files come from.', {
  BUILT_IN: 'Part of Thaw.',
  CATALOGUE: 'Downloaded from its address when first used.',
  IMPORTED: 'Brought by a person.',
});
export const BackboneStatus = graphqlEnum('BackboneStatus', backboneStatus.enumValues, 'Whether a backbone’s files are there.', {
  ABSENT: 'Known, not downloaded yet.',
  FETCHING: 'Download under way.',
  READY: 'Files verified and stored.',
  FAILED: 'See fetchError.',
});

@ObjectType({ description: 'A stretch of layers that is frozen or trained as one.' })
export class BackboneBlock {
  @Field(() => String, { description: 'As its architecture calls it.' })
  name!: string;

  @Field(() => String, { description: 'Name of the layer it begins with.' })
  firstLayer!: string;
}

@ObjectType({ description: 'How often the first guess is right, as published.' })
export class PublishedAccuracy {
  @Field(() => Float, { description: 'Of the 50,000 pictures ImageNet keeps for validation.' })
  percent!: number;

  @Field(() => String, { description: 'Who says so.' })
  source!: string;
}

@ObjectType({ description: 'How quickly pictures go forward to the feature layer, as libs/training/scripts/measure-backbone-speeds.ts measured it. For orientation: other machines differ.' })
export class BackboneSpeed {
  @Field(() => Float, { description: 'Pictures a second on native TensorFlow, in batches of 32.' })
  native!: number;

  @Field(() => Float, { description: 'Pictures a second in WebAssembly, in batches of 8.' })
  wasm!: number;

  @Field(() => String, { description: 'Where it was measured: cores and processor, such as "2 × AMD EPYC".' })
  machine!: string;
}

@ObjectType({ description: 'A pretrained network that a new head is put on.' })
export class Backbone {
  @Field(() => ID, { description: 'Of this installation.' })
  id!: string;

  @Field(() => String, { description: 'Unique.' })
  name!: string;

  @Field(() => String, { description: 'For people.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What it is and what it was trained on.' })
  description!: string | null;

  @Field(() => BackboneSource, { description: 'Where its files come from.' })
  source!: keyof typeof BackboneSource;

  @Field(() => BackboneStatus, { description: 'Whether its files are there.' })
  status!: keyof typeof BackboneStatus;

  @Field(() => String, { nullable: true, description: 'sha256 over the sorted lines "<sha256>  <path>" of its files; null until they are there, unless the catalogue pins it.' })
  digest!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the weights, by SPDX name where there is one.' })
  licence!: string | null;

  @Field(() => String, { nullable: true, description: 'Of model.json, or of the one weight file.' })
  address!: string | null;

  @Field(() => Int, { nullable: true, description: 'Weights, the published head included.' })
  parameters!: number | null;

  @Field(() => Int, { nullable: true, description: 'Bytes to download.' })
  fetchTotal!: number | null;

  @Field(() => Int, { nullable: true, description: 'Bytes there so far, while FETCHING.' })
  fetchDone!: number | null;

  @Field(() => String, { nullable: true, description: 'What went wrong and what to do, when FAILED.' })
  fetchError!: string | null;

  @Field(() => [StoredFile], { description: 'Empty until it is READY.' })
  files!: StoredFile[];
}
