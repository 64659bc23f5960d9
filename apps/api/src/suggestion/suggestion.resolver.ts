import type { RunRow } from '@thaw/db';
import { findPictures } from '@thaw/db/queries/dataset/list-pictures';
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { parsePictureId } from '../dataset/picture-id';
import { badInput } from '../errors';
import { resolveDataset } from '../run/resolve-names';
import { Run } from '../run/run.type';
import { loadFacts, loadSiblings } from './load-facts';
import { untried, untriedStrategies } from './rules/untried';
import { suggest } from './suggest';
import { Suggestion, SuggestionEvidence, SuggestionReport } from './suggestion.type';

@Resolver(() => Run)
class RunSuggestionResolver {
  @FieldResolver(() => SuggestionReport, { nullable: true, description: 'What to try next, read from its curves, evaluation, dataset and the other runs on it by rules that name their evidence. null until the run has ended, and for external runs.' })
  async suggestions(@Root() run: RunRow, @Ctx() context: Context): Promise<SuggestionReport | null> {
    const facts = await loadFacts(context, run);
    return facts && suggest(facts);
  }

  @Query(() => [Suggestion], { description: 'Strategies that no run on a dataset version has tried yet.' })
  async untriedStrategies(
    @Ctx() context: Context,
    @Arg('dataset', () => String, { description: 'By name.' }) dataset: string,
    @Arg('project', () => String, { nullable: true, description: 'Where it is looked for first.' }) project?: string | null,
    @Arg('datasetVersion', () => Int, { nullable: true, description: 'Default: the latest.' }) datasetVersion?: number | null,
  ): Promise<Suggestion[]> {
    const found = await resolveDataset(context, dataset, project, datasetVersion);
    if ('userErrors' in found) throw badInput(found.userErrors[0]!.message);
    const runs = await loadSiblings(context, found.versionId);
    return untriedStrategies(runs).map((each) => ({ ...each, code: untried.code, reference: untried.reference }));
  }
}

@Resolver(() => SuggestionEvidence)
class EvidenceResolver {
  @FieldResolver(() => String, { nullable: true })
  async pictureUrl(@Root() { picture }: SuggestionEvidence, @Ctx() { db }: Context): Promise<string | null> {
    const place = picture ? parsePictureId(picture) : null;
    const row = place && [...(await findPictures(db, place.versionId, [place.position])).values()][0];
    return row ? `/pictures/${row.sha256}` : null;
  }

  @FieldResolver(() => Float, { nullable: true })
  value(@Root() { value }: SuggestionEvidence): number | null {
    return Number.isFinite(value) ? value : null;
  }
}

export const suggestionResolvers = [RunSuggestionResolver, EvidenceResolver] as const;
