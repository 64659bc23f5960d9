import type { AlertDeliveryRow, WebhookRow } from '@thaw/db';
import { findDeliveries } from '@thaw/db/queries/alert/list-deliveries';
import { findLastDeliveries, findSecretFacts, findWebhooks, listWebhooks } from '@thaw/db/queries/alert/find-webhooks';
import { insertWebhook, mostWebhooks } from '@thaw/db/queries/alert/insert-webhook';
import { insertPing } from '@thaw/db/queries/alert/queue-delivery';
import { markWebhookDeleted, rotateSecret, updateWebhook } from '@thaw/db/queries/alert/update-webhook';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Context, loadExisting } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { DateTime } from '../scalars';
import { AlertDeliveryPayload, CreateWebhookInput, UpdateWebhookInput, WebhookPayload, WebhookSecretPayload } from './alert.input';
import { AlertDelivery, Webhook } from './alert.type';
import { attemptDelivery, leaseSeconds } from './attempt-delivery';
import { writePing } from './message';
import { newSecret } from './new-secret';
import { publicUrl } from './public-url';
import { checkAddress, guessFormat, shownAddress } from './webhook-address';

const unknownWebhook = (id: string): UserError => userError('id', 'WEBHOOK_UNKNOWN', `There is no webhook ${id}, or it is deleted. List them with the webhooks query or thaw alerts.`);
const noAddress = userError('id', 'ADDRESS_MISSING', 'This webhook came out of a backup, which holds neither its address nor its secret. Give it its address again with updateWebhook; you get a new secret with it.');
const refuse = (...userErrors: UserError[]): WebhookSecretPayload => ({ webhook: null, secret: null, userErrors });

@Resolver(() => Webhook)
class WebhookResolver {
  @Query(() => [Webhook], { description: 'Of one project, oldest first; at most 50, deleted ones aside.' })
  webhooks(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('deleted', () => Boolean, { defaultValue: false, description: 'The deleted ones instead.' }) deleted: boolean,
  ): Promise<WebhookRow[]> {
    return listWebhooks(db, project, deleted);
  }

  @Mutation(() => WebhookSecretPayload, { description: 'Makes an address known that alerts are sent to. The secret that signs them is answered this once.' })
  async createWebhook(@Ctx() { db, env }: Context, @Arg('input', () => CreateWebhookInput, { description: 'Name and address.' }) input: CreateWebhookInput): Promise<WebhookSecretPayload> {
    const { project: projectName, name, url } = input;
    const problems = [...checkName('project', projectName), ...checkName('name', name), ...checkAddress(url, env.THAW_PRIVATE_WEBHOOKS)];
    if (problems.length > 0) return refuse(...problems);
    const format = input.format ?? guessFormat(url);
    const secret = newSecret();
    const project = await ensureProject(db, projectName);
    const webhook = await insertWebhook(db, { projectId: project.id, name, format, address: url, shownAddress: shownAddress(url, format), secret });
    return webhook ? { webhook, secret, userErrors: [] } : refuse(userError('project', 'TOO_MANY_WEBHOOKS', `Project "${projectName}" has ${mostWebhooks} webhooks, which is all it may have. Delete one first.`));
  }

  @Mutation(() => WebhookSecretPayload, { description: 'Its secret stays, unless it has none, since it came out of a backup: then it gets a new one with its address.' })
  async updateWebhook(@Ctx() { db, env }: Context, @Arg('input', () => UpdateWebhookInput, { description: 'The webhook and its changes.' }) input: UpdateWebhookInput): Promise<WebhookSecretPayload> {
    const { id, name, url, format, enabled } = input;
    const problems = [...(name ? checkName('name', name) : []), ...(url ? checkAddress(url, env.THAW_PRIVATE_WEBHOOKS) : [])];
    if (problems.length > 0) return refuse(...problems);
    const before = (await findWebhooks(db, [id])).get(id.toLowerCase());
    if (!before) return refuse(unknownWebhook(id));
    const target = url ? { address: url, shownAddress: shownAddress(url, format ?? before.format), secret: newSecret() } : undefined;
    const updated = await updateWebhook(db, id, { name: name ?? undefined, format: format ?? undefined, enabled: enabled ?? undefined, target });
    return updated ? { webhook: updated.webhook, secret: updated.madeSecret ? target!.secret : null, userErrors: [] } : refuse(unknownWebhook(id));
  }

  @Mutation(() => WebhookSecretPayload, { description: 'A new secret, answered this once. Until the overlap is over, every message is signed with both.' })
  async rotateWebhookSecret(
    @Ctx() { db }: Context,
    @Arg('id', () => ID, { description: 'Of the webhook.' }) id: string,
    @Arg('overlapHours', () => Int, { defaultValue: 24, description: 'How long the old secret signs beside the new one, 0 to 720. 0: it has become known, and signs nothing any more.' }) overlapHours: number,
  ): Promise<WebhookSecretPayload> {
    if (overlapHours < 0 || overlapHours > 720) return refuse(userError('overlapHours', 'INVALID_OVERLAP', `overlapHours is ${overlapHours}. It must be from 0 to 720 (30 days).`));
    const secret = newSecret();
    const rotated = await rotateSecret(db, id, secret, overlapHours);
    if (rotated.ok) return { webhook: rotated.webhook, secret, userErrors: [] };
    return refuse(rotated.reason === 'WEBHOOK_UNKNOWN' ? unknownWebhook(id) : noAddress);
  }

  @Mutation(() => WebhookPayload, { description: 'Puts a webhook out of sight; nothing is sent to it any more. restoreWebhook brings it back until collectGarbage removes it for good, with its log.' })
  async deleteWebhook(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the webhook.' }) id: string): Promise<WebhookPayload> {
    const webhook = await markWebhookDeleted(db, id, true);
    return webhook ? { webhook, userErrors: [] } : refuse(unknownWebhook(id));
  }

  @Mutation(() => WebhookPayload, { description: 'Brings a deleted webhook back, secret and all. Alerts of the time between are not sent.' })
  async restoreWebhook(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the webhook.' }) id: string): Promise<WebhookPayload> {
    const webhook = await markWebhookDeleted(db, id, false);
    return webhook ? { webhook, userErrors: [] } : refuse(unknownWebhook(id));
  }

  @Mutation(() => AlertDeliveryPayload, { description: 'Sends a test message now, to a webhook that is switched off too, and answers how that went: a delivery that is DELIVERED or DEAD, with what the receiver said. It is not repeated.' })
  async testWebhook(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Of the webhook.' }) id: string): Promise<AlertDeliveryPayload> {
    const { db, env, signal } = context;
    const webhook = (await findWebhooks(db, [id])).get(id.toLowerCase());
    if (!webhook || webhook.deletedAt) return { delivery: null, userErrors: [unknownWebhook(id)] };
    const project = await loadExisting(context, findProjects, webhook.projectId);
    const ping = await insertPing(db, webhook.id, writePing(project, webhook, publicUrl(env)), leaseSeconds);
    if (!ping) return { delivery: null, userErrors: [noAddress] };
    await attemptDelivery(context, ping, signal, { retries: false });
    return { delivery: (await findDeliveries(db, [ping.id])).get(ping.id), userErrors: [] };
  }

  @FieldResolver(() => Boolean, { description: 'It came out of a backup, which holds neither address nor secret: nothing can be sent until updateWebhook gives it its url again.' })
  async needsAddress(@Root() { id }: WebhookRow, @Ctx() context: Context): Promise<boolean> {
    return !(await context.load(findSecretFacts, id));
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Until then the secret before the last rotation signs, too.' })
  async previousSecretUntil(@Root() { id }: WebhookRow, @Ctx() context: Context): Promise<Date | null> {
    return (await context.load(findSecretFacts, id))?.previousUntil ?? null;
  }

  @FieldResolver(() => AlertDelivery, { nullable: true, description: 'Its newest message.' })
  async lastDelivery(@Root() { id }: WebhookRow, @Ctx() context: Context): Promise<AlertDeliveryRow | null> {
    return (await context.load(findLastDeliveries, id)) ?? null;
  }
}

export const webhookResolvers = [WebhookResolver] as const;
