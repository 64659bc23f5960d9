import type * as TensorFlow from '@tensorflow/tfjs';
import type { BackboneSpec } from '../catalogue/backbone-spec';

/** A network Thaw builds itself, for weight files that hold tensors and no description of the network. */
export interface Architecture extends Omit<BackboneSpec, 'name' | 'architecture'> {
  /** As its library calls it: "resnet18", "tf_efficientnet_lite0". */
  name: string;
  /** The library whose module names the layers carry. Both may have an architecture of one name, with other tensor names. */
  family: 'torchvision' | 'timm';
  /**
   * The network as published, its classifier included: the last layer is a softmax, and what it reads are the logits
   * (see logitsModel). A layer with weights is named as its PyTorch module: layer "blocks.1.0.conv_dw" takes the
   * tensor "blocks.1.0.conv_dw.weight". tfjs is handed in, so that whoever only asks for the names does not load it.
   */
  build(tf: typeof TensorFlow): TensorFlow.LayersModel;
}
