import type { Command } from 'commander';
import type { UserError } from '../failures';
import { DrainTrainerDocument, ListTrainersDocument, ResumeTrainerDocument, type ListedTrainerFragment } from '../generated/graphql';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { bytes, table } from './table';

export function addTrainers(program: Command): void {
  const trainers = program.command('trainers').description('list trainers, what they can and what they are busy with; drain and resume them').action(action(listTrainers));
  trainers
    .command('drain')
    .description('let a trainer take no more runs, for updates and shutdowns')
    .argument('<name>', 'its name')
    .option('--hand-back', 'also let it hand back what it works on, after a checkpoint; another trainer goes on with it')
    .action(action(drain));
  trainers.command('resume').description('let a drained trainer take runs again').argument('<name>', 'its name').action(action(resume));
}

async function listTrainers({ client }: Session): Promise<Outcome> {
  const { trainers } = await client.request(ListTrainersDocument, {});
  return { answer: trainers, text: trainers.length > 0 ? describe(trainers) : 'No trainers: npm start runs one.' };
}

async function drain(session: Session, name: string, { handBack = false }: { handBack?: boolean }): Promise<Outcome> {
  return change(session, name, async (id) => (await session.client.request(DrainTrainerDocument, { id, handBack }, { idempotent: true })).drainTrainer);
}

async function resume(session: Session, name: string): Promise<Outcome> {
  return change(session, name, async (id) => (await session.client.request(ResumeTrainerDocument, { id }, { idempotent: true })).resumeTrainer);
}

async function change({ client }: Session, name: string, request: (id: string) => Promise<{ trainer: ListedTrainerFragment | null; userErrors: UserError[] }>): Promise<Outcome> {
  const { trainers } = await client.request(ListTrainersDocument, {});
  const found = trainers.find((each) => each.name === name);
  if (!found) return mistake(`There is no trainer named "${name}". ${trainers.length > 0 ? `There are: ${trainers.map((each) => each.name).join(', ')}.` : 'There are none; npm start runs one.'}`);
  const { trainer, userErrors } = await request(found.id);
  if (!trainer || userErrors.length > 0) return refused(userErrors);
  return { answer: trainer, text: describe([trainer]) };
}

function describe(trainers: readonly ListedTrainerFragment[]): string {
  const rows = trainers.map(({ name, state, backend, labels, devices, memoryBytes, slots, currentRuns, lastSeenAt }) => [
    name, state.toLowerCase(), backend, labels.filter((label) => label !== backend).join(', ') || null, devices.map((device) => device.name).join(', ') || null,
    memoryBytes && bytes(memoryBytes), `${currentRuns.length}/${slots}`, currentRuns.map((run) => run.name).join(', ') || 'idle', lastSeenAt,
  ]);
  return table(['NAME', 'STATE', 'BACKEND', 'LABELS', 'GPUS', 'MEMORY', 'RUNS', 'BUSY WITH', 'LAST SEEN'], rows);
}
