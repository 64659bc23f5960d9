import { tagRuns } from '@thaw/db/queries/run/tag-runs';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { RunsPayload } from '../deletion/deletion.type';
import { checkIds, unknownRunAt } from '../deletion/refusals';
import { userError } from '../errors';
import { checkLabels, distinct, mostTags } from './check-run';

@Resolver()
export class TagsResolver {
  @Mutation(() => RunsPayload, { description: 'Adds tags to runs and takes others away; the rest of their tags stay. Answers the runs that changed, so that it can be taken back for exactly those. At most 10,000 at once, all or none.' })
  async tagRuns(
    @Ctx() { db }: Context,
    @Arg('ids', () => [ID], { description: '1 to 10,000.' }) ids: string[],
    @Arg('add', () => [String], { defaultValue: [], description: 'They get these, unless they have them.' }) add: string[],
    @Arg('remove', () => [String], { defaultValue: [], description: 'They lose these, if they have them.' }) remove: string[],
  ): Promise<RunsPayload> {
    const both = add.filter((tag) => remove.includes(tag));
    const problems = [...checkIds(ids), ...checkLabels({ tags: add }), ...both.map((tag) => userError('remove', 'TAG_IN_BOTH', `Tag "${tag}" is to be added and to be removed. Name it once.`))];
    if (problems.length > 0) return { runs: [], userErrors: problems };
    const tagged = await tagRuns(db, ids, { add: distinct(add), remove }, mostTags);
    if (tagged.ok) return { runs: tagged.changed, userErrors: [] };
    const full = tagged.full.map(({ name }) => userError('add', 'TOO_MANY_TAGS', `Run "${name}" would have more than ${mostTags} tags. Remove some of it first.`));
    return { runs: [], userErrors: [...tagged.unknown.map((id) => unknownRunAt(ids, id)), ...full.slice(0, 5)] };
  }
}
