import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { validateHyperparameters, type HyperparameterName, type Hyperparameters } from '@thaw/config';
import type { PictureSource } from '../pictures/picture-source';
import { CheckpointUnfit } from './checkpoint';

/** What a checkpoint belongs to: with anything else, going on would not be the same run. */
export interface Identity {
  config: Hyperparameters;
  classes: readonly string[];
  train: string;
  val: string;
  /** Digest of its files; null where nobody said. */
  backbone: string | null;
  backend: string;
}

export interface Identified {
  config: Hyperparameters;
  classes: readonly string[];
  train: PictureSource;
  val: PictureSource;
  features?: { backbone: string };
}

export function identityOf({ config, classes, train, val, features }: Identified): Identity {
  return { config, classes, train: digestOf(train), val: digestOf(val), backbone: features?.backbone ?? null, backend: tf.getBackend() };
}

/** By the labels where nothing names the pictures. */
const digestOf = ({ count, labels, digest }: PictureSource) =>
  `${count} pictures ${digest ?? createHash('sha256').update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength)).digest('hex')}`;

/** Numbers do not depend on these. */
const withoutEffect: readonly HyperparameterName[] = ['checkpointEveryMinutes', 'keepCheckpoints', 'transferGain'];

/** Throws CheckpointUnfit when the run is another one. The backend may be another: that changes the last bits of numbers only. */
export function checkIdentity(saved: Identity, run: Identity): void {
  const config = validateHyperparameters(saved.config);
  if (!config.ok) throw new CheckpointUnfit('config', `its configuration is not valid any more. ${config.problems.map(({ message }) => message).join(' ')}`);
  const names = (Object.keys({ ...config.config, ...run.config }) as HyperparameterName[]).filter((name) => !withoutEffect.includes(name));
  const others = names.filter((name) => config.config[name] !== run.config[name]).map((name) => `${name} ${String(config.config[name])} and not ${String(run.config[name])}`);
  if (others.length > 0) throw new CheckpointUnfit('config', `it was made with ${others.join(', ')}.`);
  if (JSON.stringify(saved.classes) !== JSON.stringify(run.classes)) throw new CheckpointUnfit('classes', `its classes are ${saved.classes.join(', ')}, and not ${run.classes.join(', ')}.`);
  if (saved.train !== run.train || saved.val !== run.val) throw new CheckpointUnfit('pictures', 'it was made with other pictures.');
  if (saved.backbone !== null && run.backbone !== null && saved.backbone !== run.backbone) throw new CheckpointUnfit('backbone', 'it was made with another backbone.');
}
