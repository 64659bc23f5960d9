import type { ArtifactRow, RunRow } from '@thaw/db';
import { findArtifactsOfRuns } from '@thaw/db/queries/artifact/find-artifacts-of-runs';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { type Context, loadExisting } from '../context';
import { Run } from '../run/run.type';
import { ArtifactPayload, LogArtifactInput } from './artifact.input';
import { ArtifactContentResolver } from './artifact-content.resolver';
import { Artifact } from './artifact.type';
import { ComparisonResolver } from './comparison.resolver';
import { EvaluationResolver, type EvaluationSource } from './evaluation.resolver';
import { Evaluation } from './evaluation.type';
import { evaluationFileOf } from './keyed-evaluations';
import { logArtifact } from './log-artifact';
import { readEvaluation } from './read-evaluation';

@Resolver(() => Run)
class RunArtifactsResolver {
  @FieldResolver(() => [Artifact], { description: 'By name.' })
  artifacts(@Root() run: RunRow, @Ctx() context: Context): Promise<ArtifactRow[]> {
    return loadExisting(context, findArtifactsOfRuns, run.id);
  }

  @FieldResolver(() => Evaluation, { nullable: true, description: 'null until the trainer has logged it.' })
  async evaluation(@Root() run: RunRow, @Ctx() context: Context): Promise<EvaluationSource | null> {
    const artifacts = await loadExisting(context, findArtifactsOfRuns, run.id);
    const file = evaluationFileOf(artifacts);
    if (!file) return null;
    return { ...readEvaluation(await context.blobs.read(file.sha256)), features: evaluationFileOf(artifacts, 'features.json') ?? null };
  }

  @Mutation(() => ArtifactPayload, { description: 'Files of a run, uploaded before with POST /blobs. The same name replaces.' })
  logArtifact(@Ctx() context: Context, @Arg('input', () => LogArtifactInput, { description: 'The files and their name.' }) input: LogArtifactInput): Promise<ArtifactPayload> {
    return logArtifact(context, input);
  }
}

export const artifactResolvers = [RunArtifactsResolver, ArtifactContentResolver, EvaluationResolver, ComparisonResolver] as const;
