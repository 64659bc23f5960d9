import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { LogArtifactDocument, LogCheckpointDocument, LogMetricsDocument, type ArtifactKind, type Client, type LogMetricsInput, type UserError } from '@thaw/client';
import type { Claim } from '../claim';
import type { WrittenCheckpoint, WrittenFile } from '../messages';
import { superseded } from '../superseded';

export interface OutboxListener {
  /** Throws unless it is nothing to worry about. */
  onRefused(errors: readonly UserError[]): void;
  /** Something the run reports cannot be delivered, and nothing after it will be. */
  onFailure(error: unknown): void;
  /** The run goes on, and loses more if it is interrupted. */
  onCheckpointLost(error: unknown): void;
}

/**
 * What a run has to tell the API, sent in order and in the background: training goes on while the API is away, and
 * nothing is dropped. A batch keeps its id over every attempt, so the API takes it once.
 */
export class Outbox {
  #sending: Promise<void> = Promise.resolve();
  #failure: unknown;
  #waiting: (WrittenCheckpoint & { after: Promise<void> })[] = [];
  #recording: Promise<void> | null = null;

  /** checkpoints: the client that sends them, which may be stopped apart. */
  constructor(readonly client: Client, readonly checkpoints: Client, readonly claim: Claim, readonly listener: OutboxListener) {}

  metrics(columns: LogMetricsInput['columns']): void {
    const { runId, leaseToken } = this.claim;
    const ahead = this.client.clock.aheadMs / 1000;
    const told = ahead === 0 ? columns : columns.map(({ times, ...column }) => ({ ...column, times: times.map((time: number) => time + ahead) }));
    const input = { runId, leaseToken, batchId: randomUUID(), columns: told };
    this.#send(async () => {
      const { logMetrics } = await this.client.request(LogMetricsDocument, { input }, { idempotent: true });
      if (logMetrics.userErrors.length > 0) this.listener.onRefused(logMetrics.userErrors);
    });
  }

  artifact(name: string, kind: ArtifactKind, files: readonly WrittenFile[]): void {
    const { runId, leaseToken } = this.claim;
    this.#send(async () => {
      await this.#logFiles(this.client, files, async (stored) => {
        const input = { runId, leaseToken, name, kind, files: stored };
        return (await this.client.request(LogArtifactDocument, { input }, { idempotent: true })).logArtifact.userErrors;
      });
      await discard(files);
    });
  }

  /** Recorded once the metrics up to it are. One that waits makes room for a newer one, unless it alone is the best. */
  checkpoint(taken: WrittenCheckpoint): void {
    const gone = superseded(this.#waiting, taken, taken.keep);
    for (const { files } of gone) void discard(files);
    this.#waiting = [...this.#waiting.filter((each) => !gone.includes(each)), { ...taken, after: this.#sending }];
    this.#recording ??= this.#record();
  }

  /** Resolves when the API has everything. */
  async flush(): Promise<void> {
    await this.#sending;
    await this.#recording;
    if (this.#failure) throw this.#failure;
  }

  async #record(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { after, ...checkpoint } = next;
      await after;
      if (!this.#failure) await this.#logCheckpoint(checkpoint).catch((error: unknown) => this.listener.onCheckpointLost(error));
      await discard(checkpoint.files);
    }
    this.#recording = null;
  }

  #logCheckpoint({ files, ...checkpoint }: WrittenCheckpoint): Promise<void> {
    const { runId, leaseToken } = this.claim;
    return this.#logFiles(this.checkpoints, files, async (stored) => {
      const input = { ...checkpoint, runId, leaseToken, files: stored };
      return (await this.checkpoints.request(LogCheckpointDocument, { input }, { idempotent: true })).logCheckpoint.userErrors;
    });
  }

  /** What the API had a moment ago may have gone together with an older checkpoint that had the same files: then once more. */
  async #logFiles(client: Client, files: readonly WrittenFile[], log: (stored: { path: string; sha256: string }[]) => Promise<UserError[]>): Promise<void> {
    for (let attempts = 3; ; attempts--) {
      const stored = [];
      for (const { path: name, file } of files) stored.push({ path: name, sha256: (await client.blobs.upload(file)).sha256 });
      const problems = await log(stored);
      if (attempts > 1 && problems.some(({ code }) => code === 'BLOB_GONE' || code === 'MISSING_BLOB')) continue;
      if (problems.length > 0) this.listener.onRefused(problems);
      return;
    }
  }

  #send(one: () => Promise<void>): void {
    this.#sending = this.#sending.then(async () => {
      if (this.#failure) return;
      try {
        await one();
      } catch (error) {
        this.#failure = error;
        this.listener.onFailure(error);
      }
    });
  }
}

/** They lie in a folder of their own. */
async function discard([first]: readonly WrittenFile[]): Promise<void> {
  if (first) await rm(path.dirname(first.file), { recursive: true, force: true });
}
