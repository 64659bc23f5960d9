import 'reflect-metadata';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { alertResolvers } from './alert/alert.resolver';
import { artifactResolvers } from './artifact/artifact.resolver';
import { backboneResolvers } from './backbone/backbone.resolver';
import { blobResolvers } from './blob/blob.resolver';
import { checkpointResolvers } from './checkpoint/checkpoint.resolver';
import { datasetResolvers } from './dataset/dataset.resolver';
import { deletionResolvers } from './deletion/deletion.resolver';
import { estimateResolvers } from './estimate/estimate.resolver';
import { gcResolvers } from './gc/gc.resolver';
import { logResolvers } from './log/log.resolver';
import { metricResolvers } from './metric/metric.resolver';
import { projectResolvers } from './project/project.resolver';
import { reportResolvers } from './report/report.resolver';
import { shareResolvers } from './report/share.resolver';
import { runResolvers } from './run/run.resolver';
import { suggestionResolvers } from './suggestion/suggestion.resolver';
import { trainerResolvers } from './trainer/trainer.resolver';
import { viewResolvers } from './view/view.resolver';

/** Every feature folder exports its resolver classes; this is the one list of them. */
export function createSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [...projectResolvers, ...datasetResolvers, ...blobResolvers, ...backboneResolvers, ...runResolvers, ...artifactResolvers, ...checkpointResolvers, ...metricResolvers, ...logResolvers, ...trainerResolvers, ...deletionResolvers, ...gcResolvers, ...estimateResolvers, ...suggestionResolvers, ...alertResolvers, ...viewResolvers, ...reportResolvers, ...shareResolvers],
    // Resolvers check their input themselves: expected failures are userErrors, all at once.
    validate: false,
    pubSub: unusedPubSub,
  });
}

/** type-graphql insists on one; every subscription here brings its own iterator, fed by notify/. */
const unusedPubSub = {
  publish: refusePubSub,
  subscribe: refusePubSub,
};

function refusePubSub(): never {
  throw new Error('Subscriptions follow the notifier: give @Subscription a subscribe function, not topics.');
}

/** schema.graphql, in an order that does not depend on who imports whom. */
export const printSortedSchema = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
