import { alertRuleResolvers } from './alert-rule.resolver';
import { deliveryResolvers } from './delivery.resolver';
import { webhookResolvers } from './webhook.resolver';

export const alertResolvers = [...alertRuleResolvers, ...webhookResolvers, ...deliveryResolvers] as const;
