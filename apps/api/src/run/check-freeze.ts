import { closestName, type Hyperparameters } from '@thaw/config';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';

/** Whether the backbone has the block to keep frozen. Layers are known to the trainer alone, which says so when one is missing. */
export async function checkFreezeUpTo({ db }: Pick<Services, 'db'>, { freezeUpTo }: Pick<Hyperparameters, 'freezeUpTo'>, backboneId: string): Promise<UserError[]> {
  if (freezeUpTo === undefined || freezeUpTo.startsWith('layer:')) return [];
  const backbone = (await findBackbones(db, [backboneId])).get(backboneId)!;
  const blocks = backbone.spec.blocks.map(({ name }) => name);
  if (blocks.includes(freezeUpTo)) return [];
  const near = closestName(freezeUpTo, blocks);
  const valid = blocks.length === 0 ? 'It has no named blocks.' : `${near ? `Did you mean ${near}? ` : ''}Its blocks, from the picture to the head: ${blocks.join(', ')}.`;
  return [userError('config.freezeUpTo', 'UNKNOWN_BLOCK', `freezeUpTo is "${freezeUpTo}", and the backbone "${backbone.name}" has no such block. ${valid} For a layer write layer:NAME.`)];
}
