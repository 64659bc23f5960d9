import type * as TensorFlow from '@tensorflow/tfjs';
import type { BackboneSpec } from '../catalogue/backbone-spec';

/** A network Thaw builds itself, for weight files that hold tensors and no description of the network. */
export interface Architecture extends Omit<BackboneSpec, 'name' | 'architecture'> {
  /** As timm calls it, and as `--architecture` takes it. */
  name: string;
  /**
   * The network as published, its classifier included. A layer with weights is named as its PyTorch module: layer
   * "blocks.1.0.conv_dw" takes the tensor "blocks.1.0.conv_dw.weight". tfjs is handed in, so that whoever only
   * asks for the names does not load it.
   */
  build(tf: typeof TensorFlow): TensorFlow.LayersModel;
}
