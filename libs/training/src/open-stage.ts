import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import { stageNetwork, type Network, type StagedNetwork } from './network/network';
import type { PictureSource } from './pictures/picture-source';
import type { MemoryBudget } from './pictures/memory-budget';
import { stageInputs, type FeatureCache, type StageInputs } from './pictures/stage-inputs';
import type { Stage } from './stages';

/** A stage with its layers frozen and what is frozen computed. */
export interface OpenStage {
  stage: Stage;
  staged: StagedNetwork;
  train: StageInputs;
  val: StageInputs;
  dispose(): void;
}

interface OpenStageOptions {
  network: Network;
  backbone: LoadedBackbone;
  train: PictureSource;
  val: PictureSource;
  config: Hyperparameters;
  memory: MemoryBudget;
  features?: FeatureCache;
  signal: AbortSignal;
  onPhase?(phase: 'features'): void;
}

export async function openStage(stage: Stage, { network, backbone, config, memory, features, signal, onPhase, ...sources }: OpenStageOptions): Promise<OpenStage> {
  const staged = stageNetwork(network, backbone, stage);
  const parts: { dispose(): void }[] = [staged];
  const dispose = () => parts.forEach((part) => part.dispose());
  let told = false;
  const onComputing = () => {
    if (!told) onPhase?.('features');
    told = true;
  };
  const inputs = async (source: PictureSource, training: boolean) => {
    const made = await stageInputs({ source, network, staged, preprocessing: backbone.spec.preprocessing, config, training, memory, features, onComputing, signal });
    parts.push(made);
    return made;
  };
  try {
    return { stage, staged, dispose, train: await inputs(sources.train, true), val: await inputs(sources.val, false) };
  } catch (error) {
    dispose();
    throw error;
  }
}
