import { setTimeout as sleep } from 'node:timers/promises';
import type { HyperparametersInput } from '@thaw/config';
import type { Compared } from '../checks/ends';
import { forget, readOutcome, type Outcome } from '../checks/outcome';
import type { Installation } from '../installation';
import { importPictures } from '../pictures';
import { launchOnce, type Launch } from '../storm/launch';
import { hasEnded, observe, type Observed } from '../storm/observe';

const project = 'single';

/** About long enough to be disturbed in several ways. */
export const config: HyperparametersInput = { freeze: 'full', batchSize: 8, epochs: 40, earlyStopping: false, horizontalFlip: true };

/** The pictures, and the run that nobody disturbs, by a trainer of that name. */
export async function prepareGround(installation: Installation, trainer?: string): Promise<Ground> {
  await importPictures(installation);
  const id = await launchOnce(installation, { project, name: 'undisturbed', config, constraints: trainer ? { trainer } : undefined });
  const ground = new Ground(installation);
  await ground.until('undisturbed', 'ends', hasEnded);
  ground.reference = await readOutcome(installation, id);
  await forget(installation, [id]);
  return ground;
}

/** What the single faults share: the run that nobody disturbs, and a way to launch the same for one trainer. */
export class Ground {
  reference!: Outcome;

  constructor(readonly installation: Installation) {}

  async launch(name: string, constraints: Launch['constraints']): Promise<string> {
    return launchOnce(this.installation, { project, name, config, constraints });
  }

  /** Looks until the run is as wanted, for `seconds`. */
  async until(name: string, what: string, wanted: (run: Observed) => boolean, seconds = 120): Promise<Observed> {
    for (const deadline = Date.now() + seconds * 1000; ; await sleep(100)) {
      const run = (await observe(this.installation, project))?.get(name);
      if (run && wanted(run)) return run;
      if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${name} ${what}. It is ${JSON.stringify(run)}.`);
    }
  }

  /** Its outcome beside that of the run nobody disturbed. */
  async ended(name: string, seconds = 180): Promise<Compared> {
    const { id } = await this.until(name, 'ends', hasEnded, seconds);
    return { planned: { name, config: '', wishes: [], afterPause: 'resume' }, outcome: await readOutcome(this.installation, id), reference: this.reference };
  }
}
