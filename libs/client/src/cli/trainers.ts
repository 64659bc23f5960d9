import type { Command } from 'commander';
import { ListTrainersDocument } from '../generated/graphql';
import { action, type Outcome, type Session } from './session';
import { table } from './table';

export function addTrainers(program: Command): void {
  program.command('trainers').description('list trainers, their backend and what they are busy with').action(action(listTrainers));
}

async function listTrainers({ client }: Session): Promise<Outcome> {
  const { trainers } = await client.request(ListTrainersDocument, {});
  const rows = trainers.map((line) => [line.name, line.alive ? 'alive' : 'gone', line.backend, line.currentRuns.map((run) => run.name).join(', ') || 'idle', line.lastSeenAt]);
  return { answer: trainers, text: rows.length > 0 ? table(['NAME', 'STATE', 'BACKEND', 'RUN', 'LAST SEEN'], rows) : 'No trainers: npm start runs one.' };
}
