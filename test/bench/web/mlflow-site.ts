import path from 'node:path';
import { installPythonPeer } from '../kit/python-peer';
import { makeScratch } from '../kit/scratch';
import { startServerProcess } from '../kit/server-process';
import { requirements } from '../tracking/mlflow';
import { curveKey, type Sizes } from './seed-dashboard';
import type { Site } from './site';

const quiet = { MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' };
const column = (id: string) => `.ag-header-cell[col-id="attributes.\`${id}\`"]`;

/** MLflow's server on SQLite, with the same runs, keys and curves. */
export async function withMlflowSite<Answer>({ runs, keys, curves, points }: Sizes, measure: (site: Site) => Promise<Answer>): Promise<Answer> {
  const python = installPythonPeer(requirements);
  using scratch = makeScratch('mlflow');
  const store = path.join(scratch.folder, 'mlflow.db');
  const seeded = await python.run<{ table: string; curves: string; curveRuns: string[] }>(path.join(__dirname, 'mlflow_seed.py'), [store, runs, keys, curves, points].map(String), quiet);
  await using server = await startServerProcess({
    command: python.bin('mlflow'),
    args: (port) => ['server', '--backend-store-uri', `sqlite:///${store}`, '--default-artifact-root', path.join(scratch.folder, 'artifacts'), '--host', '127.0.0.1', '--port', String(port)],
    env: quiet,
    healthPath: '/health',
    logFile: path.join(scratch.folder, 'server.log'),
  });
  return await measure(mlflowSite(server.url, seeded));
}

function mlflowSite(url: string, { table, curves, curveRuns }: { table: string; curves: string; curveRuns: string[] }): Site {
  const firstName = '.ag-pinned-left-cols-container .ag-row[row-index="0"] a';
  let filtered = false;
  return {
    table: {
      url: `${url}/#/experiments/${table}/runs`,
      firstName,
      sort: (page) => page.locator(column('Run Name')).click(),
      filter: {
        // It asks on Enter only.
        event: 'keydown',
        // Its count is of the rows it holds, at most 100 before and after.
        count: firstName,
        async type(page) {
          filtered = !filtered;
          const search = page.getByPlaceholder(/metrics.rmse/);
          await search.fill(filtered ? 'metrics.`val/accuracy` > 0.9' : '');
          await search.press('Enter');
        },
      },
    },
    overlay: (runs) => ({
      url: `${url}/#/metric?${new URLSearchParams({ runs: JSON.stringify(curveRuns.slice(0, runs)), metric: JSON.stringify(curveKey), experiments: JSON.stringify([curves]), plot_metric_keys: JSON.stringify([curveKey]) })}`,
      drawn: '.scatterlayer .trace',
    }),
  };
}
