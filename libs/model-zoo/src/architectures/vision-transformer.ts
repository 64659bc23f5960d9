import type * as TensorFlow from '@tensorflow/tfjs';
import { transformerLayers } from '../layers/transformer-layers';
import type { Architecture } from './architecture';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

interface Size {
  /** Channels of a token. */
  width: number;
  heads: number;
}

const side = 224;
const patch = 16;
const depth = 12;
const epsilon = 1e-6;

/** Vision transformers (Dosovitskiy et al., 2021; these widths: Touvron et al., 2021) on patches of 16 × 16 pixels. */
export const visionTransformers: readonly Architecture[] = [
  visionTransformer('vit_tiny_patch16_224', { width: 192, heads: 3 }),
  visionTransformer('vit_small_patch16_224', { width: 384, heads: 6 }),
];

function visionTransformer(name: string, size: Size): Architecture {
  return {
    name, family: 'timm',
    preprocessing: { inputSize: side, resize: 'fill', range: [-1, 1] },
    blocks: [
      { name: 'embedding', firstLayer: 'patch_embed.proj' },
      ...Array.from({ length: depth }, (_, block) => ({ name: `block${block + 1}`, firstLayer: `blocks.${block}.norm1` })),
    ],
    featureLayer: 'norm',
    build: (tf) => build(tf, name, size),
  };
}

function build(tf: typeof TensorFlow, name: string, { width, heads }: Size): TensorFlow.LayersModel {
  const { layers } = tf;
  const torch = torchLayers(tf);
  const transformer = transformerLayers(tf);

  /** Values are [n, tokens, width]. */
  const attend = (at: string, x: Value) => {
    const packed = torch.linear(`${at}.qkv`, x, 3 * width);
    return torch.linear(`${at}.proj`, transformer.attention({ name: at, heads }).apply(packed) as Value, width);
  };
  const residual = (at: string, x: Value) => {
    const attended = torch.add(`${at}.attn.add`, x, attend(`${at}.attn`, torch.layerNorm(`${at}.norm1`, x, epsilon)));
    const widened = torch.linear(`${at}.mlp.fc1`, torch.layerNorm(`${at}.norm2`, attended, epsilon), 4 * width, 'gelu');
    return torch.add(`${at}.mlp.add`, attended, torch.linear(`${at}.mlp.fc2`, widened, width));
  };

  const picture = torch.picture(side);
  const patches = torch.conv('patch_embed.proj', picture, width, patch, { stride: patch, padding: 0, bias: true });
  const tokens = (side / patch) ** 2 + 1;
  let x = layers.reshape({ name: 'patch_embed', targetShape: [tokens - 1, width] }).apply(patches) as Value;
  x = transformer.classToken({ name: 'cls_token' }).apply(x) as Value;
  x = transformer.positionEmbedding({ name: 'pos_embed' }).apply(x) as Value;
  for (let block = 0; block < depth; block++) x = residual(`blocks.${block}`, x);

  // The norm is per token, so that only the class token's need be computed: the picture's top row, when tokens are rows.
  const rows = layers.reshape({ name: 'tokens', targetShape: [tokens, width, 1] }).apply(x) as Value;
  const first = layers.cropping2D({ name: 'class', cropping: [[0, tokens - 1], [0, 0]] }).apply(rows) as Value;
  const features = torch.layerNorm('norm', layers.flatten({ name: 'class.flat' }).apply(first) as Value, epsilon);
  return torch.classifier(name, picture, torch.linear('head', features, 1000));
}
