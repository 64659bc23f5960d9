import { run, trainer } from '@thaw/db';
import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../../testing';
import { eventually } from '../../testing-events';
import { upload } from '../../testing-files';
import { givenBackbone, givenDataset } from '../../testing-rows';
import type { Model } from './model';

interface Answer {
  userErrors: { code: string }[];
  run?: { id: string } | null;
  command?: string;
  leaseToken?: string;
}

export interface Seen {
  status: string;
  endReason: string | null;
  attempt: number;
  lostInARow: number;
  cancelRequestedAt: string | null;
  pauseRequestedAt: string | null;
  finishRequestedAt: string | null;
  claims: { number: number; outcome: string | null; endedAt: string | null; trainer: { id: string } }[];
  checkpoints: { epoch: number; latest: boolean }[];
  waiting: { ahead: number } | null;
}

/** The real API, asked as trainers and people ask it. */
export class QueueUnderTest {
  trainerIds: string[] = [];
  #file = '';

  private constructor(readonly api: TestApi) {}

  static async start(): Promise<QueueUnderTest> {
    const queue = new QueueUnderTest(await startTestApi());
    await givenDataset(queue.api.db, 'flowers');
    await givenBackbone(queue.api.db, 'mobile');
    queue.#file = await upload(queue.api, 'a checkpoint');
    return queue;
  }

  /** Empty again, with the model's trainers. */
  async reset({ trainers }: Model): Promise<void> {
    await this.api.db.delete(run);
    await this.api.db.delete(trainer);
    this.trainerIds = [];
    for (const [index, { labels }] of trainers.entries()) {
      const [backendLabel, ...rest] = labels;
      const { registerTrainer } = await this.api.gql('mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } userErrors { code } } }', { input: { name: `t${index}`, backend: backendLabel, labels: rest } });
      this.trainerIds.push(registerTrainer.trainer.id);
    }
  }

  async #do(field: string, type: string, input: object, answer = 'run { id }'): Promise<Answer> {
    return (await this.api.gql(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} userErrors { code message } } }`, { input }))[field];
  }

  async launch(priority: number, label: string | null): Promise<string> {
    const { run: launched } = await this.#do('launchRun', 'LaunchRunInput', { dataset: 'flowers', backbone: 'mobile', priority, constraints: { labels: label === null ? [] : [label] } });
    return launched!.id;
  }

  claim = (trainerId: string) => this.#do('claimRun', 'ClaimRunInput', { trainerId }, 'run { id } leaseToken');
  beat = (trainerId: string, runId: string, leaseToken: string) => this.#do('heartbeat', 'HeartbeatInput', { trainerId, runId, leaseToken }, 'command');
  settle = (runId: string, leaseToken: string, status: string, endReason: string) => this.#do('settleRun', 'SettleRunInput', { runId, leaseToken, status, endReason });
  release = (runId: string, leaseToken: string, crash?: { outOfMemory: boolean }) => this.#do('releaseRun', 'ReleaseRunInput', { runId, leaseToken, crash });
  checkpoint = (runId: string, leaseToken: string, epoch: number) => this.#do('logCheckpoint', 'LogCheckpointInput', { runId, leaseToken, epoch, files: [{ path: 'checkpoint.bin', sha256: this.#file }] }, 'checkpoint { id }');
  metrics = (runId: string, leaseToken: string) => this.#do('logMetrics', 'LogMetricsInput', { runId, leaseToken, batchId: `${leaseToken} stale`, columns: [{ key: 'loss', steps: [1], values: [1] }] }, 'accepted');
  log = (runId: string, leaseToken: string) => this.#do('appendLog', 'AppendLogInput', { runId, leaseToken, lines: [{ line: 0, stream: 'STDOUT', at: new Date().toISOString(), text: 'stale' }] }, 'accepted');
  artifact = (runId: string, leaseToken: string) => this.#do('logArtifact', 'LogArtifactInput', { runId, leaseToken, name: 'stale', kind: 'FILE', files: [{ path: 'file', sha256: this.#file }] }, 'artifact { id }');

  async ask(field: 'pauseRun' | 'resumeRun' | 'finishRunEarly' | 'cancelRun', id: string): Promise<Answer> {
    return (await this.api.gql(`mutation ($id: ID!) { ${field}(id: $id) { run { id } userErrors { code message } } }`, { id }))[field];
  }

  drain = (id: string, handBack: boolean) => this.api.gql('mutation ($id: ID!, $handBack: Boolean) { drainTrainer(id: $id, handBack: $handBack) { userErrors { code } } }', { id, handBack });
  resumeTrainer = (id: string) => this.api.gql('mutation ($id: ID!) { resumeTrainer(id: $id) { userErrors { code } } }', { id });

  /** As if its trainer had been silent for 30 seconds. The API's own sweep may be faster. */
  async expire(runId: string): Promise<void> {
    await this.api.db.update(run).set({ leaseExpiresAt: sql`now() - interval '1 second'` }).where(eq(run.id, runId));
    await eventually('the lease to expire', async () => {
      await expireLeases(this.api.db);
      const [row] = await this.api.db.select({ leaseToken: run.leaseToken }).from(run).where(eq(run.id, runId));
      return row!.leaseToken === null;
    });
  }

  /** Everything the model says of runs, in its order. */
  async look(ids: readonly string[]): Promise<Seen[]> {
    const fields = 'id status endReason attempt lostInARow cancelRequestedAt pauseRequestedAt finishRequestedAt claims { number outcome endedAt trainer { id } } checkpoints { epoch latest } waiting { ahead }';
    const { runs } = await this.api.gql(`{ runs(first: 1000) { nodes { ${fields} } } }`);
    return ids.map((id) => runs.nodes.find((each: { id: string }) => each.id === id));
  }

  /** Rows that a refused write may not have left. */
  async countStale(): Promise<number> {
    const { rows } = await this.api.db.execute<{ count: string }>(sql`select (select count(*) from metric_series) + (select count(*) from log_line) + (select count(*) from artifact) as count`);
    return Number(rows[0]!.count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
  }
}
