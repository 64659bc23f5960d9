import path from 'node:path';
import { startEmbeddedPostgres } from '@thaw/db/embedded';
import { installPythonPeer } from '../kit/python-peer';
import { makeScratch } from '../kit/scratch';
import { startServerProcess } from '../kit/server-process';

export const requirements = ['mlflow==3.17.0', 'psycopg2-binary==2.9.13'];

export interface Mlflow {
  name: 'mlflow-sqlite' | 'mlflow-postgres';
  /** Runs mlflow_workload.py against the server. */
  work<Answer>(work: string, ...numbers: (number | string)[]): Promise<Answer>;
  /** An experiment with that many runs, written past the server. */
  seed(runs: number): Promise<string>;
}

/** Starts the server, lets `measure` use it, and removes every trace. Postgres is the one Thaw embeds, with fsync on. */
export async function withMlflow<Answer>(name: Mlflow['name'], measure: (mlflow: Mlflow) => Promise<Answer>): Promise<Answer> {
  const python = installPythonPeer(requirements);
  using scratch = makeScratch(name);
  const postgres = name === 'mlflow-postgres' ? await startEmbeddedPostgres({ folder: path.join(scratch.folder, 'postgres'), logFile: path.join(scratch.folder, 'postgres.log'), database: 'mlflow' }) : null;
  try {
    const store = postgres ? postgres.url.replace('postgres:', 'postgresql+psycopg2:') : `sqlite:///${path.join(scratch.folder, 'mlflow.db')}`;
    const artifacts = path.join(scratch.folder, 'artifacts');
    await using server = await startServerProcess({
      command: python.bin('mlflow'),
      args: (port) => ['server', '--backend-store-uri', store, '--default-artifact-root', artifacts, '--host', '127.0.0.1', '--port', String(port)],
      env: quiet,
      healthPath: '/health',
      logFile: path.join(scratch.folder, 'server.log'),
    });
    const run = <T>(work: string, address: string, numbers: (number | string)[]) =>
      python.run<T>(path.join(__dirname, 'mlflow_workload.py'), [work, address, ...numbers.map(String)], quiet);
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
