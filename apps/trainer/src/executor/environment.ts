import os from 'node:os';
import * as tf from '@tensorflow/tfjs';
import type { ChosenBackend } from '../backend/choose-backend';

/** What a person asks when two machines give different numbers. */
export function environmentFacts({ name, library }: ChosenBackend) {
  const cpus = os.cpus();
  return {
    backend: name,
    ...(library ? { libtensorflow: library } : {}),
    tfjs: tf.version_core,
    node: process.versions.node,
    platform: `${process.platform} ${os.release()} ${process.arch}`,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round((os.totalmem() / 2 ** 30) * 10) / 10,
    host: os.hostname(),
  };
}
