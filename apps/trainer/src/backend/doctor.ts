import { hostname } from 'node:os';
import { createClient, ReachDocument } from '@thaw/client';
import { backendNames, type BackendName, type Env } from '../env';
import { machineMemory } from '../system/machine';
import { gpuFacts, type GpuFacts } from './gpu-libraries';
import type { Probe } from './probe';
import { probeApart } from './probe-apart';

export interface Diagnosis {
  api: { url: string; reachable: boolean; reason?: string };
  backends: ({ name: BackendName } & Probe)[];
  /** the one the trainer uses; null when none loads */
  chosen: BackendName | null;
  gpu: GpuFacts;
  /** As THAW_TRAINER_… and the machine have it. */
  trainer: { name: string; labels: string[]; slots: number; memoryBytes: number; availableBytes: number };
  advice: string[];
}

/** Prints which backends load here and why the others do not. */
export async function doctor(env: Env, { json }: { json: boolean }): Promise<void> {
  const api = await reach(env);
  const backends = backendNames.map((name) => ({ name, ...probeApart(name) }));
  const loading = backends.filter(({ loads }) => loads).map(({ name }) => name);
  const chosen = env.backend ? (loading.find((name) => name === env.backend) ?? null) : (loading[0] ?? null);
  const gpu = await gpuFacts();
  const { totalBytes, availableBytes } = await machineMemory();
  const trainer = { name: env.trainerName ?? hostname(), labels: env.labels, slots: env.slots, memoryBytes: totalBytes, availableBytes };
  const facts = { api, backends, chosen, gpu, trainer };
  const diagnosis: Diagnosis = { ...facts, advice: advise(facts, env.backend) };
  const text = describe(diagnosis);
  process.stdout.write(json ? `${JSON.stringify({ ...diagnosis, text }, null, 2)}\n` : `${text}\n`);
  process.exitCode = chosen ? 0 : 1;
}

async function reach({ url, token }: Env): Promise<Diagnosis['api']> {
  const client = createClient({ url, token, retryForMs: 0 });
  try {
    await client.request(ReachDocument, {}, { silenceMs: 5_000 });
    return { url, reachable: true };
  } catch (error) {
    return { url, reachable: false, reason: (error as Error).message };
  } finally {
    await client.close();
  }
}

export function advise({ backends, chosen, gpu }: Omit<Diagnosis, 'advice' | 'trainer'>, forced?: BackendName): string[] {
  const loads = (name: BackendName) => backends.some((backend) => backend.name === name && backend.loads);
  const advice: string[] = [];
  if (forced && chosen === null) advice.push(`THAW_BACKEND asks for ${forced}, which does not load. Unset it, or do what follows.`);
  if (gpu.devices.length > 0 && !loads('tfjs-node-gpu')) advice.push('There is a GPU that is not used: `npm run native -- --cuda` builds the backend for it, CUDA and cuDNN included.');
  if (gpu.devices.length > 0 && gpu.missingLibraries.length > 0 && !loads('tfjs-node-gpu')) {
    advice.push(`Not found by the loader: ${gpu.missingLibraries.join(', ')}. The same command brings all but the driver's libcuda.so.`);
  }
  if (!loads('tfjs-node') && !loads('tfjs-node-gpu') && gpu.devices.length === 0) advice.push('`npm run native` builds the native CPU backend, several times faster than wasm.');
  if (chosen === null && !forced) advice.push('Not even the plain JavaScript backend loads: run `npm ci` in the checkout.');
  return advice;
}

function describe({ api, backends, chosen, gpu, trainer, advice }: Diagnosis): string {
  const lines = [`API            ${api.reachable ? `reachable at ${api.url}` : api.reason}`];
  for (const backend of backends) {
    const state = backend.loads ? `loads${backend.library ? ` (TensorFlow ${backend.library})` : ''}${backend.name === chosen ? ', used' : ''}` : `does not load: ${backend.reason}`;
    lines.push(`${backend.name.padEnd(14)} ${state}`);
  }
  lines.push(`GPU            ${gpu.devices.join('; ') || 'none (nvidia-smi finds no NVIDIA driver)'}`);
  if (gpu.missingLibraries.length > 0) lines.push(`GPU libraries  missing: ${gpu.missingLibraries.join(', ')}`);
  const { name, labels, slots, memoryBytes, availableBytes } = trainer;
  lines.push(`Trainer        ${name}: ${slots} ${slots === 1 ? 'run' : 'runs'} at a time, ${labels.length > 0 ? `labels ${labels.join(', ')}` : 'no labels of its own'}`);
  lines.push(`Memory         ${gibibytes(memoryBytes)}, of which ${gibibytes(availableBytes)} are free`);
  for (const each of advice) lines.push(`→ ${each}`);
  return lines.join('\n');
}

const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
