import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '@thaw/db/embedded';
import { makeScratch, peerFolder } from '../kit/scratch';
import { startServerProcess } from '../kit/server-process';

export const requirements = ['mlflow==3.17.0', 'psycopg2-binary==2.9.13'];
const folder = peerFolder(requirements.join('-').replaceAll('==', '-'));
const bin = (name: string) => path.join(folder, 'bin', name);
const complete = path.join(folder, 'complete');

/** From PyPI, once; later runs find it again. */
export function installMlflow(): void {
  if (existsSync(complete)) return;
  mkdirSync(path.dirname(folder), { recursive: true });
  console.error(`Installing ${requirements.join(' and ')} into ${folder} …`);
  execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: ['ignore', 2, 2] });
  execFileSync(bin('pip'), ['install', '--quiet', '--disable-pip-version-check', ...requirements], { stdio: ['ignore', 2, 2] });
  writeFileSync(complete, '');
}

export interface Mlflow {
  name: 'mlflow-sqlite' | 'mlflow-postgres';
  /** Runs mlflow_workload.py against the server. */
  work<Answer>(work: string, ...numbers: (number | string)[]): Promise<Answer>;
  /** An experiment with that many runs, written past the server. */
  seed(runs: number): Promise<string>;
}

/** Starts the server, lets `measure` use it, and removes every trace. Postgres is the one Thaw embeds, with fsync on. */
export async function withMlflow<Answer>(name: Mlflow['name'], measure: (mlflow: Mlflow) => Promise<Answer>): Promise<Answer> {
  using scratch = makeScratch(name);
  const postgres = name === 'mlflow-postgres' ? await startEmbeddedPostgres({ folder: path.join(scratch.folder, 'postgres'), logFile: path.join(scratch.folder, 'postgres.log'), database: 'mlflow' }) : null;
  try {
    const store = postgres ? postgres.url.replace('postgres:', 'postgresql+psycopg2:') : `sqlite:///${path.join(scratch.folder, 'mlflow.db')}`;
    const artifacts = path.join(scratch.folder, 'artifacts');
    await using server = await startServerProcess({
      command: bin('mlflow'),
      args: (port) => ['server', '--backend-store-uri', store, '--default-artifact-root', artifacts, '--host', '127.0.0.1', '--port', String(port)],
      env: quiet,
      healthPath: '/health',
      logFile: path.join(scratch.folder, 'server.log'),
    });
    const run = async <T>(work: string, address: string, numbers: (number | string)[]) => {
      const { stdout } = await promisify(execFile)(bin('python'), [path.join(__dirname, 'mlflow_workload.py'), work, address, ...numbers.map(String)], { env: { ...process.env, ...quiet }, maxBuffer: 1e8 });
      return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
    };
    return await measure({
      name,
      work: (work, ...numbers) => run(work, server.url, numbers),
      seed: async (runs) => (await run<{ experiment: string }>('seed', store, [runs])).experiment,
    });
  } finally {
    await postgres?.stop();
  }
}

const quiet = { MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: '1', MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' };
