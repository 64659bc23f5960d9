import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createClient } from '@thaw/client';
import { startStack } from '@thaw/stack';
import { thawJson } from '../../kit/thaw-cli';
import { until } from '../../kit/until';
import { makeScratch } from '../kit/scratch';
import { material } from './material';

export type Backend = 'tfjs-node' | 'wasm';

export interface FinishedRun {
  /** From the claim to the stored model, everything included. */
  seconds: number;
  accuracy: number;
  startedAt: number;
  endedAt: number;
}

export type DatasetName = 'flowers' | 'signs';
export type BackboneName = 'mobilenet025' | 'mobilenet075' | 'efficientnetLite0';

export interface Thaw {
  /** Launches all at once and waits for the last. */
  train(dataset: DatasetName, backbone: BackboneName, configs: readonly object[]): Promise<FinishedRun[]>;
}

/** The whole of Thaw as `npm start` starts it, in a home of its own: nothing is cached from before. */
export async function withThaw<Answer>(backend: Backend, measure: (thaw: Thaw) => Promise<Answer>): Promise<Answer> {
  using scratch = makeScratch('training');
  const stack = await startStack({ home: scratch.folder, port: 0, env: { THAW_BACKEND: backend } });
  const client = createClient({ url: stack.url });
  try {
    const imported = new Set<string>();
    return await measure({
      async train(dataset, backbone, configs) {
        if (!imported.has(dataset)) await thawJson(stack.url, 'dataset', 'import', material[dataset], '--name', dataset);
        if (!imported.has(backbone)) await thawJson(stack.url, 'backbone', 'import', ...backboneFiles(backbone), '--name', backbone);
        imported.add(dataset).add(backbone);
        return trainAll(client, dataset, backbone, configs);
      },
    });
  } finally {
    await client.close();
    await stack.stop();
  }
}

function backboneFiles(name: BackboneName): string[] {
  const folder = material[name];
  const weights = readdirSync(folder).find((file) => file.endsWith('.safetensors'));
  return weights ? [path.join(folder, weights), '--architecture', 'tf_efficientnet_lite0'] : [folder];
}

interface AnsweredRun {
  name: string;
  status: string;
  error: string | null;
  startedAt: string;
  endedAt: string | null;
  durationSeconds: number;
  evaluation: { accuracy: number } | null;
}

const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { field message } } }';
const look = 'query ($id: ID!) { run(id: $id) { name status error startedAt endedAt durationSeconds evaluation { accuracy } } }';

async function trainAll(client: ReturnType<typeof createClient>, dataset: string, backbone: string, configs: readonly object[]): Promise<FinishedRun[]> {
  const ask = async <T>(query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await client.raw<T>(query, variables);
    if (!data) throw new Error(`${query} answered ${JSON.stringify(errors)}`);
    return data;
  };
  const ids: string[] = [];
  for (const config of configs) {
    const { launchRun } = await ask<{ launchRun: { run: { id: string } | null; userErrors: unknown[] } }>(launch, { input: { dataset, backbone, config } });
    if (!launchRun.run) throw new Error(`launchRun answered ${JSON.stringify(launchRun.userErrors)}`);
    ids.push(launchRun.run.id);
  }
  const runs: FinishedRun[] = [];
  for (const id of ids) {
    const { run } = await until(`the run ${id} to end`, () => ask<{ run: AnsweredRun }>(look, { id }), (answer) => answer.run.endedAt !== null, 900_000);
    if (run.status !== 'FINISHED') throw new Error(`${run.name} ended ${run.status}: ${run.error}`);
    runs.push({ seconds: run.durationSeconds, accuracy: run.evaluation!.accuracy, startedAt: Date.parse(run.startedAt), endedAt: Date.parse(run.endedAt!) });
  }
  return runs;
}
