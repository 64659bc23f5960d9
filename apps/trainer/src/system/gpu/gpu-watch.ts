import { askNvidiaSmi, followNvidiaSmi, measured } from './nvidia-smi';

const GiB = 2 ** 30;
const MiB = 2 ** 20;

interface Readings {
  utilization: number[];
  memoryBytes: number[];
  uuid: string;
}

interface GpuWatchOptions {
  program?: readonly [string, ...string[]];
  firstRetryMs?: number;
}

/** What all GPUs of the machine did since they were last asked about. */
export class GpuWatch implements Disposable {
  readonly #gpus = new Map<number, Readings>();
  readonly #followed: Disposable;
  readonly #program: GpuWatchOptions['program'];
  /** GPU uuid → pid → bytes */
  #processes = new Map<string, Map<number, number>>();
  /** uuid → memory in use when the processes were last asked for */
  readonly #askedAt = new Map<string, number>();
  #asking = false;

  constructor(options: GpuWatchOptions = {}) {
    this.#program = options.program;
    this.#followed = followNvidiaSmi({ ...options, everySeconds: 1, query: '--query-gpu=index,uuid,utilization.gpu,memory.used', onRow: (row) => this.#take(row) });
  }

  /** Mean utilization and highest memory; no key for a GPU that did not report since, or does not say. */
  take(pids: readonly number[]): Record<string, number> {
    const metrics: Record<string, number> = {};
    for (const [index, { uuid, utilization, memoryBytes }] of this.#gpus) {
      if (utilization.length > 0) metrics[`system/gpu.${index}/utilization`] = sum(utilization) / utilization.length;
      if (memoryBytes.length === 0) continue;
      metrics[`system/gpu.${index}/memory`] = Math.max(...memoryBytes) / GiB;
      // In a container nvidia-smi may name processes as the host counts them: then none is known here.
      const own = pids.flatMap((pid) => this.#processes.get(uuid)?.get(pid) ?? []);
      if (own.length > 0) metrics[`system/gpu.${index}/process_memory`] = sum(own) / GiB;
    }
    this.#gpus.clear();
    return metrics;
  }

  [Symbol.dispose](): void {
    this.#followed[Symbol.dispose]();
  }

  #take([indexText, uuid, utilizationText, memoryText]: string[]): void {
    const index = measured(indexText);
    if (index === undefined || !uuid) return;
    const gpu = this.#gpus.get(index) ?? { uuid, utilization: [], memoryBytes: [] };
    this.#gpus.set(index, gpu);
    const utilization = measured(utilizationText);
    const memory = measured(memoryText);
    if (utilization !== undefined) gpu.utilization.push(utilization);
    if (memory === undefined) return;
    gpu.memoryBytes.push(memory * MiB);
    // Whose it is can only have changed when it did.
    if (!this.#asking && memory !== this.#askedAt.get(uuid)) void this.#askProcesses(uuid, memory);
  }

  /**
   * An nvidia-smi that follows the processes prints nothing while there are none, so nothing would tell it that this
   * process was killed, and it would stay for ever: they are asked for one list at a time.
   */
  async #askProcesses(uuid: string, memory: number): Promise<void> {
    this.#asking = true;
    this.#askedAt.set(uuid, memory);
    const rows = await askNvidiaSmi('--query-compute-apps=gpu_uuid,pid,used_gpu_memory', this.#program);
    this.#processes = processMemory(rows);
    this.#asking = false;
  }
}

function processMemory(rows: string[][]): Map<string, Map<number, number>> {
  const ofGpus = new Map<string, Map<number, number>>();
  for (const [uuid, pidText, memoryText] of rows) {
    const pid = measured(pidText);
    const memory = measured(memoryText);
    if (!uuid || pid === undefined || memory === undefined) continue;
    ofGpus.set(uuid, (ofGpus.get(uuid) ?? new Map<number, number>()).set(pid, memory * MiB));
  }
  return ofGpus;
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
