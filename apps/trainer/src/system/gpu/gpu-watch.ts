import { followNvidiaSmi, measured } from './nvidia-smi';

const everySeconds = 2;
const GiB = 2 ** 30;
const MiB = 2 ** 20;

interface Readings {
  uuid: string;
  utilization: number[];
  memoryBytes: number[];
}

/** What all GPUs of the machine did since they were last asked about. */
export class GpuWatch implements Disposable {
  readonly #gpus = new Map<number, Readings>();
  /** GPU uuid → pid → bytes, of the newest list */
  #processes = new Map<string, Map<number, number>>();
  #processesAt = { stamp: '', readAt: 0 };
  readonly #followed: Disposable[];

  constructor(options: { program?: readonly [string, ...string[]]; firstRetryMs?: number } = {}) {
    this.#followed = [
      followNvidiaSmi({ ...options, everySeconds, query: gpuQuery, onRow: (row) => this.#takeGpu(row) }),
      followNvidiaSmi({ ...options, everySeconds, query: processQuery, onRow: (row) => this.#takeProcess(row) }),
    ];
  }

  /** Mean utilization and highest memory; no key for a GPU that did not report since, or does not say. */
  take(pids: readonly number[]): Record<string, number> {
    const metrics: Record<string, number> = {};
    const current = performance.now() - this.#processesAt.readAt < 3_000 * everySeconds;
    for (const [index, { uuid, utilization, memoryBytes }] of this.#gpus) {
      if (utilization.length > 0) metrics[`system/gpu.${index}/utilization`] = utilization.reduce((sum, each) => sum + each, 0) / utilization.length;
      if (memoryBytes.length > 0) metrics[`system/gpu.${index}/memory`] = Math.max(...memoryBytes) / GiB;
      // In a container nvidia-smi may name processes as the host counts them: then none is known here.
      const own = pids.flatMap((pid) => this.#processes.get(uuid)?.get(pid) ?? []);
      if (memoryBytes.length > 0 && current && own.length > 0) metrics[`system/gpu.${index}/process_memory`] = own.reduce((sum, each) => sum + each, 0) / GiB;
    }
    this.#gpus.clear();
    return metrics;
  }

  [Symbol.dispose](): void {
    for (const each of this.#followed) each[Symbol.dispose]();
  }

  #takeGpu([indexText, uuid, utilizationText, memoryText]: string[]): void {
    const index = measured(indexText);
    if (index === undefined || !uuid) return;
    const gpu = this.#gpus.get(index) ?? { uuid, utilization: [], memoryBytes: [] };
    this.#gpus.set(index, gpu);
    const utilization = measured(utilizationText);
    const memory = measured(memoryText);
    if (utilization !== undefined) gpu.utilization.push(utilization);
    if (memory !== undefined) gpu.memoryBytes.push(memory * MiB);
  }

  /** A list has no end and, without processes, no lines: the time in each line tells one list from the next. */
  #takeProcess([stamp, uuid, pidText, memoryText]: string[]): void {
    const pid = measured(pidText);
    const memory = measured(memoryText);
    if (!stamp || !uuid || pid === undefined || memory === undefined) return;
    if (stamp !== this.#processesAt.stamp) this.#processes = new Map();
    this.#processesAt = { stamp, readAt: performance.now() };
    const ofGpu = this.#processes.get(uuid) ?? new Map<number, number>();
    this.#processes.set(uuid, ofGpu.set(pid, memory * MiB));
  }
}

export const gpuQuery = '--query-gpu=index,uuid,utilization.gpu,memory.used';
export const processQuery = '--query-compute-apps=timestamp,gpu_uuid,pid,used_gpu_memory';
