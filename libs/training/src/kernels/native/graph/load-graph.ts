import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { NodeBackend } from '../native-backend';
import type { Recording } from './recording';
import { savedModel, tag } from './saved-model';

export interface Graph {
  /** Ids, at the time of recording, of the tensors to feed. */
  feeds: number[];
  /** Takes today's ids of the feeds. */
  run(ids: number[]): tf.Tensor[];
  dispose(): void;
}

/** The one door tfjs-node has for graphs is a SavedModel's folder. null when TensorFlow does not take it. */
export function loadGraph(backend: NodeBackend, { nodes, fed, computed }: Recording, wanted: readonly number[]): Graph | null {
  const { binding } = backend;
  const session = load(backend, savedModel(nodes));
  if (session === null) return null;
  const inputNames = [...fed.values()].map((name) => `${name}:0`).join();
  const outputNames = wanted.map((id) => computed.get(id)!).join();
  return {
    feeds: [...fed.keys()],
    run: (ids) => binding.runSavedModel(session, ids, inputNames, outputNames).map((info) => backend.createOutputTensor(info)),
    dispose: () => binding.deleteSavedModel(session),
  };
}

function load({ binding }: NodeBackend, bytes: Uint8Array): number | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-graph-'));
  try {
    writeFileSync(path.join(folder, 'saved_model.pb'), bytes);
    return binding.loadSavedModel(folder, tag);
  } catch {
    // An attribute that one operation at a time does without; the computation goes on that way.
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
