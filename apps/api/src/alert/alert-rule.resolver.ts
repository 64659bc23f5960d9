import type { AlertRuleRow, WebhookRow } from '@thaw/db';
import { findLastAlerts, findRules, listRules } from '@thaw/db/queries/alert/find-rules';
import { findWebhooks, findWebhooksOfProjects } from '@thaw/db/queries/alert/find-webhooks';
import { insertRule, mostRules, type NewRule } from '@thaw/db/queries/alert/insert-rule';
import { markRuleDeleted, updateRule } from '@thaw/db/queries/alert/update-rule';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { DateTime } from '../scalars';
import { AlertRulePayload, CreateAlertRuleInput, UpdateAlertRuleInput } from './alert.input';
import { AlertRule, Webhook } from './alert.type';
import { checkRule } from './check-rule';

const unknownRule = (id: string): UserError => userError('id', 'RULE_UNKNOWN', `There is no alert rule ${id}, or it is deleted. List them with the alertRules query or thaw alerts.`);
const asPayload = (rule: AlertRuleRow | null, id: string): AlertRulePayload => (rule ? { rule, userErrors: [] } : { rule: null, userErrors: [unknownRule(id)] });

@Resolver(() => AlertRule)
class AlertRuleResolver {
  @Query(() => [AlertRule], { description: 'Of one project, oldest first; at most 100, deleted ones aside.' })
  alertRules(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('deleted', () => Boolean, { defaultValue: false, description: 'The deleted ones instead.' }) deleted: boolean,
  ): Promise<AlertRuleRow[]> {
    return listRules(db, project, deleted);
  }

  @Mutation(() => AlertRulePayload, { description: 'It tells of what happens from now on.' })
  async createAlertRule(@Ctx() context: Context, @Arg('input', () => CreateAlertRuleInput, { description: 'What to watch for.' }) input: CreateAlertRuleInput): Promise<AlertRulePayload> {
    const { project: projectName, name, kind, enabled, key, direction, threshold, minutes } = input;
    const rule: Omit<NewRule, 'projectId'> = {
      name, kind, enabled: enabled ?? true, webhookIds: distinct(input.webhookIds), endReasons: distinct(input.endReasons),
      key: key ?? null, direction: direction ?? null, threshold: threshold ?? null, points: input.points ?? 1, firstOnly: input.firstOnly ?? false, minutes: minutes ?? null,
    };
    const problems = [...checkName('project', projectName), ...checkName('name', name), ...checkRule(rule)];
    if (problems.length > 0) return { rule: null, userErrors: problems };
    const project = await ensureProject(context.db, projectName);
    const unknown = await checkWebhooks(context, rule.webhookIds, project.id);
    if (unknown.length > 0) return { rule: null, userErrors: unknown };
    const made = await insertRule(context.db, { ...rule, projectId: project.id });
    return made ? { rule: made, userErrors: [] } : { rule: null, userErrors: [userError('project', 'TOO_MANY_RULES', `Project "${projectName}" has ${mostRules} alert rules, which is all it may have. Delete one first, or make one of them wider.`)] };
  }

  @Mutation(() => AlertRulePayload, { description: 'When what it watches for changes, it starts anew: it tells of what happens from then on.' })
  async updateAlertRule(@Ctx() context: Context, @Arg('input', () => UpdateAlertRuleInput, { description: 'The rule and its changes.' }) input: UpdateAlertRuleInput): Promise<AlertRulePayload> {
    const problems: UserError[] = input.name ? checkName('name', input.name) : [];
    const webhookIds = input.webhookIds ? distinct(input.webhookIds) : undefined;
    const found = await context.load(findRules, input.id);
    if (found && webhookIds) problems.push(...(await checkWebhooks(context, webhookIds, found.projectId)));
    const rule = await updateRule(context.db, input.id, (before) => {
      const { name, enabled, points, firstOnly } = input;
      const changes = {
        name: name ?? undefined, enabled: enabled ?? undefined, webhookIds, endReasons: input.endReasons ? distinct(input.endReasons) : undefined,
        // null takes these away, where the kind can do without.
        key: input.key, direction: input.direction, threshold: input.threshold, minutes: input.minutes, points: points ?? undefined, firstOnly: firstOnly ?? undefined,
      };
      problems.push(...checkRule({ ...before, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) }));
      return problems.length > 0 ? null : changes;
    });
    context.forget();
    return rule && problems.length > 0 ? { rule: null, userErrors: problems } : asPayload(rule, input.id);
  }

  @Mutation(() => AlertRulePayload, { description: 'Puts a rule out of sight; it watches nothing any more. restoreAlertRule brings it back until collectGarbage removes it for good, with the alerts it raised.' })
  async deleteAlertRule(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the rule.' }) id: string): Promise<AlertRulePayload> {
    return asPayload(await markRuleDeleted(db, id, true), id);
  }

  @Mutation(() => AlertRulePayload, { description: 'Brings a deleted rule back. What happened meanwhile is not told.' })
  async restoreAlertRule(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the rule.' }) id: string): Promise<AlertRulePayload> {
    return asPayload(await markRuleDeleted(db, id, false), id);
  }

  @FieldResolver(() => [Webhook], { description: 'Where its alerts go as things stand; empty: nowhere, they are only recorded.' })
  async webhooks(@Root() { projectId, webhookIds }: AlertRuleRow, @Ctx() context: Context): Promise<WebhookRow[]> {
    const all = (await context.load(findWebhooksOfProjects, projectId)) ?? [];
    return webhookIds.length === 0 ? all : all.filter(({ id }) => webhookIds.includes(id));
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it last raised an alert.' })
  async lastAlertAt(@Root() { id }: AlertRuleRow, @Ctx() context: Context): Promise<Date | null> {
    return (await context.load(findLastAlerts, id)) ?? null;
  }
}

const distinct = <Value extends string>(values: readonly Value[] | null | undefined): Value[] => [...new Set(values)];

async function checkWebhooks({ db }: Context, ids: readonly string[], projectId: string): Promise<UserError[]> {
  const known = await findWebhooks(db, ids);
  return ids.flatMap((id, index) => {
    const webhook = known.get(id.toLowerCase());
    return webhook && webhook.projectId === projectId && !webhook.deletedAt ? [] : [userError(`webhookIds.${index}`, 'WEBHOOK_UNKNOWN', `The project has no webhook ${id}. List them with the webhooks query.`)];
  });
}

export const alertRuleResolvers = [AlertRuleResolver] as const;
