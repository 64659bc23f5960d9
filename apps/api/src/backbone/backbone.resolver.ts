import type { BackboneRow } from '@thaw/db';
import { findBackboneByName, findBackbones, listBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { findCatalogueEntry } from '@thaw/model-zoo/catalogue/index';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import { userError } from '../errors';
import { follow } from '../notify/follow';
import { JSONScalar } from '../scalars';
import { BackbonePayload, ImportBackboneInput } from './backbone.input';
import { Backbone, BackboneBlock, BackboneSpeed, PublishedAccuracy } from './backbone.type';
import { importBackbone } from './import-backbone';
import { startFetch } from './start-fetch';

@Resolver(() => Backbone)
class BackboneResolver {
  @Query(() => [Backbone], { description: 'By name.' })
  backbones(@Ctx() { db }: Context): Promise<BackboneRow[]> {
    return listBackbones(db);
  }

  @Query(() => Backbone, { nullable: true, description: 'null when there is none of that name.' })
  backbone(@Ctx() { db }: Context, @Arg('name', () => String, { description: 'Unique.' }) name: string): Promise<BackboneRow | null> {
    return findBackboneByName(db, name);
  }

  @Mutation(() => BackbonePayload, { description: 'Stores a network of your own, once its files have been read and checked.' })
  async importBackbone(@Ctx() context: Context, @Arg('input', () => ImportBackboneInput, { description: 'Its files and what they cannot say of themselves.' }) input: ImportBackboneInput): Promise<BackbonePayload> {
    const imported = await importBackbone(context, input);
    return imported as BackbonePayload & typeof imported;
  }

  @Mutation(() => BackbonePayload, { description: 'Start (or restart) the download of a catalogue backbone; returns at once.' })
  async fetchBackbone(@Ctx() context: Context, @Arg('name', () => String, { description: 'Of the catalogue.' }) name: string): Promise<BackbonePayload> {
    const row = await findBackboneByName(context.db, name);
    const refuse = (code: string, message: string) => ({ backbone: null, userErrors: [userError('name', code, message)] });
    if (!row) return refuse('BACKBONE_UNKNOWN', `There is no backbone "${name}". These exist: ${(await listBackbones(context.db)).map((each) => each.name).join(', ')}.`);
    if (!row.address && row.status !== 'READY') return refuse('NOTHING_TO_FETCH', `Backbone "${name}" has no address to download from. ${row.fetchError ?? ''}`.trim());
    await startFetch(context, row.id);
    return { backbone: (await findBackboneByName(context.db, name)) as (BackboneRow & Backbone) | null, userErrors: [] };
  }

  @Subscription(() => Backbone, {
    description: 'A backbone whose download began, went on or ended, or that was imported.',
    subscribe: ({ context }) => follow((context as Context).notifier.subscribe('backboneChanged'), async (id) => (id === null ? [] : [...(await findBackbones((context as Context).db, [id])).values()])),
  })
  backboneChanged(@Root() backbone: BackboneRow, @Ctx() context: Context): BackboneRow {
    context.forget();
    return backbone;
  }

  @FieldResolver(() => String, { description: 'Family and width; "layers_model" when unknown.' })
  architecture(@Root() { spec }: BackboneRow): string {
    return spec.architecture;
  }

  @FieldResolver(() => Int, { description: 'Side of the square input in pixels.' })
  inputSize(@Root() { spec }: BackboneRow): number {
    return spec.preprocessing.inputSize;
  }

  @FieldResolver(() => JSONScalar, { description: '{ inputSize, resize, and range, or mean and std; channelOrder "bgr" where the file wants blue first }' })
  preprocessing(@Root() { spec }: BackboneRow): unknown {
    return spec.preprocessing;
  }

  @FieldResolver(() => PublishedAccuracy, { nullable: true, description: 'Top-1 on ImageNet; null when nobody published one for these weights.' })
  top1(@Root() { name, source }: BackboneRow): PublishedAccuracy | null {
    return source === 'IMPORTED' ? null : (findCatalogueEntry(name)?.top1 ?? null);
  }

  @FieldResolver(() => BackboneSpeed, { nullable: true, description: 'Measured forward, on 2 cores; null of imported backbones.' })
  picturesPerSecond(@Root() { name, source }: BackboneRow): BackboneSpeed | null {
    return source === 'IMPORTED' ? null : (findCatalogueEntry(name)?.picturesPerSecond ?? null);
  }

  @FieldResolver(() => [BackboneBlock], { description: 'Input first; freeze strategies count them from the head. A block starts at firstLayer and ends where the next starts.' })
  blocks(@Root() { spec }: BackboneRow): BackboneBlock[] {
    return spec.blocks;
  }

  @FieldResolver(() => String, { description: 'Layer whose output is the feature map the new head sits on.' })
  featureLayer(@Root() { spec }: BackboneRow): string {
    return spec.featureLayer;
  }
}

export const backboneResolvers = [BackboneResolver] as const;
