import { validateHyperparameters, type Hyperparameters } from '@thaw/config';
import runs from './testing-flowers-runs.json';

export interface FlowersRun { name: string; backbone: string; config: Hyperparameters; seconds: number; epochs: number; bestEpoch: number; endReason: string; epochEnds: number[]; curves: Record<string, number[]> }

export const flowers = { train: 500, val: 100, classes: ['daisy', 'dandelion', 'roses', 'sunflowers', 'tulips'] };

/** Seven real runs on 600 pictures of flowers (2 cores, native TensorFlow): what they were, what they took, how they went. */
export const flowersRuns: readonly FlowersRun[] = runs.map((run) => {
  const checked = validateHyperparameters(run.config);
  if (!checked.ok) throw new Error(`${run.name}: ${checked.problems[0]!.message}`);
  return { ...run, config: checked.config };
});

export function flowersRun(name: string): FlowersRun {
  const found = flowersRuns.find((run) => run.name === name);
  if (!found) throw new Error(`There is no run "${name}".`);
  return found;
}
