import type { Command } from 'commander';
import { ListBackbonesDocument } from '../generated/graphql';
import { action, type Outcome, type Session } from './session';
import { table } from './table';

export function addBackboneList(backbone: Command): void {
  backbone.command('list').description('list backbones: built in, in the catalogue, imported').action(action(listBackbones));
}

async function listBackbones({ client }: Session): Promise<Outcome> {
  const { backbones } = await client.request(ListBackbonesDocument, {});
  const rows = backbones.map((line) => [line.name, line.status, line.source, line.architecture, line.inputSize, line.top1 ? `${line.top1.percent.toFixed(1)} %` : null, line.parameters, line.picturesPerSecond?.native, line.picturesPerSecond?.wasm, line.licence]);
  return { answer: backbones, text: table(['NAME', 'STATUS', 'SOURCE', 'ARCHITECTURE', 'INPUT', 'TOP-1', 'PARAMETERS', 'PICTURES/S NATIVE', 'WASM', 'LICENCE'], rows) };
}
