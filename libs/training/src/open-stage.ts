import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import type { BetweenBatches } from './between-batches';
import { stageNetwork, type Network, type StagedNetwork } from './network/network';
import type { PictureSource } from './pictures/picture-source';
import type { MemoryBudget } from './pictures/memory-budget';
import { stageInputs, type FeatureCache, type StageInputs } from './pictures/stage-inputs';
import type { Stage } from './stages';

/** A stage with its layers frozen and what is frozen computed. */
export interface OpenStage extends OpenForEvaluation {
  stage: Stage;
  train: StageInputs;
}

export interface OpenForEvaluation {
  staged: StagedNetwork;
  val: StageInputs;
  dispose(): void;
}

/** Whether what is frozen was computed once for all epochs. */
export interface Reused {
  train: boolean;
  val: boolean;
}

interface OpenStageOptions {
  network: Network;
  backbone: LoadedBackbone;
  train: PictureSource;
  val: PictureSource;
  config: Hyperparameters;
  memory: MemoryBudget;
  features?: FeatureCache;
  onPhase?(phase: 'features'): void;
}

/** Opens stages, at most one at a time: their features share the memory. */
export interface Stages {
  /** `reuse`: as the interrupted run had it that goes on in this stage; null: where there is room. */
  open(stage: Stage, reuse: Reused | null, betweenBatches: BetweenBatches): Promise<OpenStage>;
  /** The one that is open, whichever it is; else this one, without what training alone needs. */
  forEvaluation(stage: Stage, reuse: Reused | null, betweenBatches: BetweenBatches): Promise<OpenForEvaluation>;
  dispose(): void;
}

export function openedOneByOne(options: OpenStageOptions): Stages {
  let current: OpenForEvaluation | null = null;
  const dispose = () => {
    current?.dispose();
    current = null;
  };
  return {
    async open(stage, reuse, betweenBatches) {
      dispose();
      const open = await opened(stage, { ...options, betweenBatches }, async (inputs) => ({ stage, train: await inputs('train', reuse?.train), val: await inputs('val', reuse?.val) }));
      current = open;
      return open;
    },
    async forEvaluation(stage, reuse, betweenBatches) {
      current ??= await opened(stage, { ...options, betweenBatches }, async (inputs) => ({ val: await inputs('val', reuse?.val) }));
      return current;
    },
    dispose,
  };
}

type MakeInputs = (which: keyof Reused, reuse: boolean | undefined) => Promise<StageInputs>;

async function opened<T>(stage: Stage, options: OpenStageOptions & { betweenBatches: BetweenBatches }, make: (inputs: MakeInputs) => Promise<T>): Promise<T & Pick<OpenStage, 'staged' | 'dispose'>> {
  const { network, backbone, onPhase } = options;
  const staged = stageNetwork(network, backbone, stage);
  const parts: { dispose(): void }[] = [staged];
  const dispose = () => parts.forEach((part) => part.dispose());
  let told = false;
  const onComputing = () => {
    if (!told) onPhase?.('features');
    told = true;
  };
  const inputs: MakeInputs = async (which, reuse) => {
    const made = await stageInputs({ ...options, source: options[which], staged, preprocessing: backbone.spec.preprocessing, training: which === 'train', reuse, onComputing });
    parts.push(made);
    return made;
  };
  try {
    return { ...(await make(inputs)), staged, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
