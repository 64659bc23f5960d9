import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './repository-root';

/** What TensorFlow's CUDA build opens when it starts; the driver brings the first, CUDA and cuDNN the others. */
const needed = ['libcuda.so', 'libcudart.so', 'libcublas.so', 'libcublasLt.so', 'libcufft.so', 'libcusolver.so', 'libcusparse.so', 'libcudnn.so'];

export interface GpuFacts {
  /** As nvidia-smi names them; empty without a driver. */
  devices: string[];
  /** Of the libraries above, those found nowhere the loader looks. */
  missingLibraries: string[];
}

export function gpuFacts(): GpuFacts {
  const known = new Set([...loaderCache(), ...libraryFolders().flatMap(filesOf)]);
  const missingLibraries = needed.filter((library) => ![...known].some((file) => file === library || file.startsWith(`${library}.`)));
  return { devices: devices(), missingLibraries };
}

function devices(): string[] {
  const { status, stdout } = spawnSync('nvidia-smi', ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? stdout.trim().split('\n').filter(Boolean) : [];
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
