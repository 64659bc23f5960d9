import type * as TensorFlow from '@tensorflow/tfjs';

type LayerOptions = { name?: string };
type Shapes = TensorFlow.Shape | TensorFlow.Shape[];
type Inputs = TensorFlow.Tensor | TensorFlow.Tensor[];

/** Layers a vision transformer needs and TensorFlow.js lacks. */
export interface TransformerLayers {
  /** [n, tokens, width] → [n, 1 + tokens, width]: a learned token before all others. */
  classToken(options: LayerOptions): TensorFlow.layers.Layer;
  /** [n, tokens, width] → the same, plus what was learned for each position. */
  positionEmbedding(options: LayerOptions): TensorFlow.layers.Layer;
  /** [n, tokens, 3 · width], queries, keys and values side by side → [n, tokens, width]: self-attention, softmax(q · kᵀ / √size) · v per head. */
  attention(options: LayerOptions & { heads: number }): TensorFlow.layers.Layer;
}

let defined: TransformerLayers | null = null;

/**
 * Registers the layers as ThawClassToken, ThawPositionEmbedding and ThawAttention, once: a saved model that has them
 * then loads with tf.loadLayersModel. tfjs is handed in, so that whoever only asks for names does not load it.
 */
export function transformerLayers(tf: typeof TensorFlow): TransformerLayers {
  defined ??= define(tf);
  return defined;
}

function define(tf: typeof TensorFlow): TransformerLayers {
  const { Layer } = tf.layers;

  class ClassToken extends Layer {
    static className = 'ThawClassToken';
    private token!: TensorFlow.LayerVariable;

    override build(inputShape: Shapes): void {
      this.token = this.addWeight('class_token', [1, 1, shapeOf(inputShape).at(-1)!], 'float32', tf.initializers.zeros());
      super.build(inputShape);
    }

    override computeOutputShape(inputShape: Shapes): TensorFlow.Shape {
      const [n, tokens, width] = shapeOf(inputShape) as [number, number, number];
      return [n, 1 + tokens, width];
    }

    override call(inputs: Inputs): TensorFlow.Tensor {
      return tf.tidy(() => {
        const x = tensorOf(inputs);
        return tf.concat([tf.tile(this.token.read(), [x.shape[0], 1, 1]), x], 1);
      });
    }
  }

  class PositionEmbedding extends Layer {
    static className = 'ThawPositionEmbedding';
    private positions!: TensorFlow.LayerVariable;

    override build(inputShape: Shapes): void {
      this.positions = this.addWeight('position_embedding', [1, ...shapeOf(inputShape).slice(1)], 'float32', tf.initializers.zeros());
      super.build(inputShape);
    }

    override call(inputs: Inputs): TensorFlow.Tensor {
      return tf.tidy(() => tf.add(tensorOf(inputs), this.positions.read()));
    }
  }

  class Attention extends Layer {
    static className = 'ThawAttention';
    private readonly heads: number;

    constructor(config: LayerOptions & { heads: number }) {
      super(config);
      this.heads = config.heads;
    }

    override computeOutputShape(inputShape: Shapes): TensorFlow.Shape {
      const [n, tokens, packed] = shapeOf(inputShape) as [number, number, number];
      return [n, tokens, packed / 3];
    }

    override call(inputs: Inputs): TensorFlow.Tensor {
      return tf.tidy(() => {
        const x = tensorOf(inputs);
        const [n, tokens, packed] = x.shape;
        const size = packed / 3 / this.heads;
        const [q, k, v] = tf.split(x, 3, 2).map((part) => tf.transpose(tf.reshape(part, [n, tokens, this.heads, size]), [0, 2, 1, 3]));
        const weights = tf.softmax(tf.matMul(tf.mul(q!, size ** -0.5), k!, false, true));
        return tf.reshape(tf.transpose(tf.matMul(weights, v!), [0, 2, 1, 3]), [n, tokens, packed / 3]);
      });
    }

    override getConfig(): TensorFlow.serialization.ConfigDict {
      return { ...super.getConfig(), heads: this.heads };
    }
  }

  for (const layer of [ClassToken, PositionEmbedding, Attention]) tf.serialization.registerClass(layer);
  return {
    classToken: (options) => new ClassToken(options),
    positionEmbedding: (options) => new PositionEmbedding(options),
    attention: (options) => new Attention(options),
  };
}

/** tfjs gives a layer of one input either the one or a list of it. */
const shapeOf = (shapes: Shapes): number[] => (Array.isArray(shapes[0]) ? shapes[0] : shapes) as number[];
const tensorOf = (inputs: Inputs): TensorFlow.Tensor3D => (Array.isArray(inputs) ? inputs[0]! : inputs) as TensorFlow.Tensor3D;
