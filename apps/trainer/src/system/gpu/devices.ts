import { askNvidiaSmi, measured } from './nvidia-smi';

export interface Device {
  name: string;
  /** null when nvidia-smi does not say, as on a GPU that shares the machine's memory */
  memoryBytes: number | null;
  driver: string;
}

/** The NVIDIA GPUs of this machine, in nvidia-smi's order. */
export async function devices(): Promise<Device[]> {
  return (await askNvidiaSmi('--query-gpu=name,memory.total,driver_version')).flatMap(toDevice);
}

export function toDevice([name, memoryText, driver]: string[]): Device[] {
  // A GPU that fell off the bus is reported as a sentence instead of a row.
  if (!name || memoryText === undefined || !driver) return [];
  const memoryMiB = measured(memoryText);
  return [{ name, memoryBytes: memoryMiB === undefined ? null : memoryMiB * 2 ** 20, driver }];
}
