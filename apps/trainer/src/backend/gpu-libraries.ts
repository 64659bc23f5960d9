import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { devices } from '../system/gpu/devices';
import { repositoryRoot } from './repository-root';

/** What TensorFlow's CUDA build opens when it starts; the driver brings the first, CUDA and cuDNN the others. */
const needed = ['libcuda.so', 'libcudart.so', 'libcublas.so', 'libcublasLt.so', 'libcufft.so', 'libcusolver.so', 'libcusparse.so', 'libcudnn.so'];

export interface GpuFacts {
  /** One line each; empty without a driver. */
  devices: string[];
  /** Of the libraries above, those found nowhere the loader looks. */
  missingLibraries: string[];
}

export async function gpuFacts(): Promise<GpuFacts> {
  const known = new Set([...loaderCache(), ...libraryFolders().flatMap(filesOf)]);
  const missingLibraries = needed.filter((library) => ![...known].some((file) => file === library || file.startsWith(`${library}.`)));
  const found = await devices();
  return { devices: found.map(({ name, driver, memoryBytes }) => [name, ...(memoryBytes === null ? [] : [`${(memoryBytes / 2 ** 30).toFixed(0)} GiB`]), `driver ${driver}`].join(', ')), missingLibraries };
}

/** "\tlibcuda.so.1 (libc6,x86-64) => /usr/lib/…" */
function loaderCache(): string[] {
  const { stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } });
  return (stdout ?? '').split('\n').map((line) => line.trim().split(' ')[0]!);
}

const libraryFolders = () => [
  ...(process.env.LD_LIBRARY_PATH ?? '').split(path.delimiter).filter(Boolean),
  ...['.native/', ''].flatMap((home) => ['tfjs-node-gpu', 'tfjs-node'].map((name) => path.join(repositoryRoot(), `${home}node_modules/@tensorflow/${name}/deps/lib`))),
];

const filesOf = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
