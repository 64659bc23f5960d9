import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import { randomStream, type Random } from '../../random';
import { beta } from './beta';
import type { Box } from './crop';

/** How the pictures of one batch are mixed, each with the one as far from the batch's other end. */
export interface Mix {
  /** Of the picture itself; the other gives the rest. */
  share: number;
  /** CutMix: where the other picture shows. null: mixup, both everywhere. */
  box: Box | null;
}

export const mixes = ({ mixup, cutmix, mixProbability }: Hyperparameters) => (mixup > 0 || cutmix > 0) && mixProbability > 0;

/**
 * timm's Mixup in its mode "batch": mixup (Zhang 2018) or CutMix (Yun 2019), one draw for the whole batch.
 * null leaves this batch as it is.
 */
export function drawMix(config: Hyperparameters, side: number, epoch: number, batch: number): Mix | null {
  if (!mixes(config)) return null;
  const random = randomStream(config.seed, 'mix', epoch, batch);
  const chance = random();
  const toss = random();
  if (chance >= config.mixProbability) return null;
  const cuts = config.cutmix > 0 && (config.mixup === 0 || toss < config.mixSwitchProbability);
  const share = beta(random, cuts ? config.cutmix : config.mixup);
  return cuts ? cutMix(share, side, random) : { share, box: null };
}

/** timm's rand_bbox: the box has the other's share of the area and may stick out; what is cut off goes back to the picture. */
export function cutMix(share: number, side: number, random: Random): Mix {
  const length = Math.trunc(side * Math.sqrt(1 - share));
  const span = () => {
    const centre = Math.floor(random() * side);
    const start = Math.max(0, centre - Math.floor(length / 2));
    return { start, length: Math.min(side, centre + Math.floor(length / 2)) - start };
  };
  const vertical = span();
  const horizontal = span();
  const box = { left: horizontal.start, top: vertical.start, width: horizontal.length, height: vertical.length };
  return { share: 1 - (box.width * box.height) / (side * side), box };
}

/** Pictures [n, side, side, 3]. The caller disposes of the result; `pictures` stay. */
export function mixPictures(pictures: tf.Tensor4D, { share, box }: Mix): tf.Tensor4D {
  return tf.tidy(() => {
    const others = tf.reverse(pictures, 0);
    if (!box) return tf.add(tf.mul(pictures, share), tf.mul(others, 1 - share));
    const side = pictures.shape[1];
    const inside = new Float32Array(side * side);
    for (let y = box.top; y < box.top + box.height; y++) inside.fill(1, y * side + box.left, y * side + box.left + box.width);
    const mask = tf.tensor4d(inside, [1, side, side, 1]);
    return tf.add(tf.mul(pictures, tf.sub(1, mask)), tf.mul(others, mask));
  });
}

/** The same mix of the rows of `targets`, [n, classes]. */
export function mixTargets(targets: Float32Array, classes: number, { share }: Mix): Float32Array {
  const last = targets.length / classes - 1;
  return targets.map((target, index) => {
    const row = Math.floor(index / classes);
    return target * share + targets[(last - row) * classes + (index % classes)]! * (1 - share);
  });
}

/** The label a picture is mostly of: what accuracy counts. */
export const mainLabels = (labels: readonly number[], { share }: Mix): number[] => (share >= 0.5 ? [...labels] : [...labels].reverse());
