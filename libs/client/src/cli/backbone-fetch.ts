import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { BackboneByNameDocument, FetchBackboneDocument, type BackboneLineFragment } from '../generated/graphql';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { bytes } from './table';

export function addBackboneFetch(backbone: Command): void {
  backbone.command('fetch').description('download a backbone of the catalogue and wait until it is there').argument('<name>').action(action(fetchBackbone));
}

async function fetchBackbone({ client, warn }: Session, name: string): Promise<Outcome> {
  const started = await client.request(FetchBackboneDocument, { name }, { idempotent: true });
  if (!started.fetchBackbone.backbone) return refused(started.fetchBackbone.userErrors);
  let line: BackboneLineFragment = started.fetchBackbone.backbone;
  for (let told = ''; line.status === 'FETCHING' || line.status === 'ABSENT'; ) {
    const progress = `${bytes(line.fetchDone ?? 0)}${line.fetchTotal ? ` of ${bytes(line.fetchTotal)}` : ''}`;
    if (progress !== told) warn(`${name}: ${progress}`);
    told = progress;
    await sleep(500);
    const { backbone } = await client.request(BackboneByNameDocument, { name }, { retryForMs: 60_000 });
    if (!backbone) return mistake(`The backbone ${name} is no longer there.`);
    line = backbone;
  }
  const failed = line.status !== 'READY';
  return { answer: line, text: failed ? '' : `${name} is ready, digest ${line.digest?.slice(0, 12)}`, failed, complaint: failed ? (line.fetchError ?? `${name} is ${line.status}.`) : undefined };
}
