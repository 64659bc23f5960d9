import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { LogArtifactDocument, LogCheckpointDocument, LogMetricsDocument, type ArtifactKind, type Client, type LogMetricsInput, type UserError } from '@thaw/client';
import type { Claim } from '../claim';
import type { WrittenCheckpoint, WrittenFile } from '../messages';

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
  #waiting: { checkpoint: WrittenCheckpoint; after: Promise<void> }[] = [];
  #recording: Promise<void> | null = null;

  constructor(readonly client: Client, readonly claim: Claim, readonly listener: OutboxListener) {}

  metrics(columns: LogMetricsInput['columns']): void {
    const { runId, leaseToken } = this.claim;
    const input = { runId, leaseToken, batchId: randomUUID(), columns };
    this.#send(async () => {
      const { logMetrics } = await this.client.request(LogMetricsDocument, { input }, { idempotent: true });
      if (logMetrics.userErrors.length > 0) this.listener.onRefused(logMetrics.userErrors);
    });
  }

  artifact(name: string, kind: ArtifactKind, files: readonly WrittenFile[]): void {
    const { runId, leaseToken } = this.claim;
    this.#send(async () => {
      const input = { runId, leaseToken, name, kind, files: await uploadFiles(this.client, files) };
      const { logArtifact } = await this.client.request(LogArtifactDocument, { input }, { idempotent: true });
      if (logArtifact.userErrors.length > 0) this.listener.onRefused(logArtifact.userErrors);
      await discard(files);
    });
  }

  /** Recorded once the metrics up to it are. One that waits makes room for a newer one, unless it alone is the best. */
  checkpoint(taken: WrittenCheckpoint): void {
    const superseded = this.#waiting.filter(({ checkpoint: { best } }) => !best || taken.best || taken.keep === 'LATEST');
    if (taken.keep !== 'ALL') {
      this.#waiting = this.#waiting.filter((each) => !superseded.includes(each));
      for (const { checkpoint } of superseded) void discard(checkpoint.files);
    }
    this.#waiting.push({ checkpoint: taken, after: this.#sending });
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
      await next.after;
      if (!this.#failure) await this.#logCheckpoint(next.checkpoint).catch((error: unknown) => this.listener.onCheckpointLost(error));
      await discard(next.checkpoint.files);
    }
    this.#recording = null;
  }

  async #logCheckpoint({ files, ...checkpoint }: WrittenCheckpoint): Promise<void> {
    const { runId, leaseToken } = this.claim;
    for (let again = 3; ; again--) {
      const input = { ...checkpoint, runId, leaseToken, files: await uploadFiles(this.client, files) };
      const { logCheckpoint: { userErrors } } = await this.client.request(LogCheckpointDocument, { input }, { idempotent: true });
      // What was there a moment ago may have gone together with an older checkpoint that had the same files.
      if (again > 0 && userErrors.some(({ code }) => code === 'BLOB_GONE')) continue;
      if (userErrors.length > 0) this.listener.onRefused(userErrors);
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

async function uploadFiles(client: Client, files: readonly WrittenFile[]): Promise<{ path: string; sha256: string }[]> {
  const stored = [];
  for (const { path: name, file } of files) stored.push({ path: name, sha256: (await client.blobs.upload(file)).sha256 });
  return stored;
}

/** They lie in a folder of their own. */
async function discard([first]: readonly WrittenFile[]): Promise<void> {
  if (first) await rm(path.dirname(first.file), { recursive: true, force: true });
}
