import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import { stageNetwork, type Network, type StagedNetwork } from './network/network';
import type { PictureSource } from './pictures/picture-source';
import { stageInputs, type StageInputs } from './pictures/stage-inputs';
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
  signal: AbortSignal;
  onPhase?(phase: 'features'): void;
}

export async function openStage(stage: Stage, { network, backbone, config, signal, onPhase, ...sources }: OpenStageOptions): Promise<OpenStage> {
  const staged = stageNetwork(network, backbone, stage);
  const parts: { dispose(): void }[] = [staged.body];
  const dispose = () => parts.forEach((part) => part.dispose());
  const inputs = async (source: PictureSource, mirrors: boolean) => {
    const made = await stageInputs({ source, network, staged, preprocessing: backbone.spec.preprocessing, batchSize: config.batchSize, mirrors, signal });
    parts.push(made);
    return made;
  };
  try {
    if (staged.frozenUpTo > 0) onPhase?.('features');
    return { stage, staged, dispose, train: await inputs(sources.train, config.horizontalFlip), val: await inputs(sources.val, false) };
  } catch (error) {
    dispose();
    throw error;
  }
}
