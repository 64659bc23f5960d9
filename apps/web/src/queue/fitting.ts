import { isLabel } from '@thaw/run-states';
import type { RunRowFragment } from '../generated/graphql';

/** What was typed, as it was typed. */
export interface QueueDraft {
  priority: string;
  labels: string;
  memoryGiB: string;
  trainer: string;
}

export const emptyQueueDraft: QueueDraft = { priority: '', labels: '', memoryGiB: '', trainer: '' };

export interface FittingTrainer {
  name: string;
  state: string;
  labels: readonly string[];
  memoryBytes?: number | null;
}

type Constraints = Pick<RunRowFragment['constraints'], 'labels' | 'memoryGiB' | 'trainer'>;

export const splitLabels = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))];

export const draftOfQueue = ({ priority, constraints: { labels, memoryGiB, trainer } }: { priority: number; constraints: Constraints }): QueueDraft =>
  ({ priority: priority === 0 ? '' : String(priority), labels: labels.join(', '), memoryGiB: memoryGiB ? String(memoryGiB) : '', trainer: trainer ?? '' });

/** What keeps the draft from being sent, by field. What else is wrong the server says. */
export function queueProblems({ priority, memoryGiB, labels }: QueueDraft): Partial<Record<keyof QueueDraft, string>> {
  const wrong = splitLabels(labels).find((label) => !isLabel(label));
  return {
    ...(priority.trim() !== '' && !/^[+-]?\d{1,9}$/.test(priority.trim()) && { priority: `Priority is "${priority}". It must be a whole number, such as 0, 10 or -5.` }),
    ...(memoryGiB.trim() !== '' && !(Number(memoryGiB) > 0) && { memoryGiB: `Memory is "${memoryGiB}". It must be a number of GiB above 0, such as 8; leave it empty for any.` }),
    ...(wrong !== undefined && { labels: `"${wrong}" is no label. Labels are lower-case letters, digits, dots, underscores and hyphens, such as gpu.` }),
  };
}

export const priorityOf = ({ priority }: QueueDraft): number => Number(priority.trim() || 0);

export const constraintsOf = ({ labels, memoryGiB, trainer }: QueueDraft) =>
  ({ labels: splitLabels(labels), memoryGiB: memoryGiB.trim() === '' ? null : Number(memoryGiB), trainer: trainer.trim() || null });

const gib = 2 ** 30;

/** Why no trainer that is alive could take it; null when one could, or nothing sensible was typed yet. */
export function noneFits(draft: QueueDraft, trainers: readonly FittingTrainer[]): string | null {
  if (Object.keys(queueProblems(draft)).length > 0) return null;
  const { labels, memoryGiB, trainer } = constraintsOf(draft);
  const alive = trainers.filter(({ state }) => state === 'ALIVE' || state === 'DRAINING');
  if (alive.length === 0) return 'No trainer is alive. The run will wait until one is.';
  const named = trainer ? alive.filter(({ name }) => name === trainer) : alive;
  if (named.length === 0) return `No trainer named ${trainer} is alive. The run will wait until one is.`;
  const lacking = labels.filter((label) => !named.some((each) => each.labels.includes(label)));
  const who = trainer ? `${trainer} has not` : 'No trainer has';
  if (lacking.length > 0) return `${who} ${lacking.join(' and ')}. The run will wait until one does.`;
  const labelled = named.filter((each) => labels.every((label) => each.labels.includes(label)));
  if (labelled.length === 0) return `No trainer has ${labels.join(' and ')} together. The run will wait until one does.`;
  if (memoryGiB && !labelled.some(({ memoryBytes }) => (memoryBytes ?? 0) >= memoryGiB * gib)) return `${who}${labels.length > 0 ? ` ${labels.join(' and ')} and` : ''} ${memoryGiB} GiB of memory. The run will wait until one does.`;
  return labelled.every(({ state }) => state === 'DRAINING') ? `${labelled.map(({ name }) => name).join(' and ')} could take it, but ${labelled.length === 1 ? 'drains' : 'drain'}: the run will wait until one is resumed.` : null;
}

/** "gpu, 8 GiB, on gpu-1"; null when any trainer will do. */
export function constraintWords({ labels, memoryGiB, trainer }: Constraints): string | null {
  return [...labels, memoryGiB ? `${memoryGiB} GiB` : '', trainer ? `on ${trainer}` : ''].filter(Boolean).join(', ') || null;
}
