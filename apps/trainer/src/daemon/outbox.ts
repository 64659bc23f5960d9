import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { LogArtifactDocument, LogMetricsDocument, type ArtifactKind, type Client, type LogMetricsInput, type UserError } from '@thaw/client';
import type { Claim } from '../claim';
import type { WrittenFile } from '../messages';

/**
 * What a run has to tell the API, sent in order and in the background: training goes on while the API is away, and
 * nothing is dropped. A batch keeps its id over every attempt, so the API takes it once.
 */
export class Outbox {
  #sending: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(readonly client: Client, readonly claim: Claim, readonly onRefused: (errors: readonly UserError[]) => void) {}

  metrics(columns: LogMetricsInput['columns']): void {
    const { runId, leaseToken } = this.claim;
    const input = { runId, leaseToken, batchId: randomUUID(), columns };
    this.#send(async () => {
      const { logMetrics } = await this.client.request(LogMetricsDocument, { input }, { idempotent: true });
      if (logMetrics.userErrors.length > 0) this.onRefused(logMetrics.userErrors);
    });
  }

  artifact(name: string, kind: ArtifactKind, files: readonly WrittenFile[]): void {
    const { runId, leaseToken } = this.claim;
    this.#send(async () => {
      const input = { runId, leaseToken, name, kind, files: await uploadFiles(this.client, files) };
      const { logArtifact } = await this.client.request(LogArtifactDocument, { input }, { idempotent: true });
      if (logArtifact.userErrors.length > 0) this.onRefused(logArtifact.userErrors);
    });
  }

  /** Resolves when the API has everything. */
  async flush(): Promise<void> {
    await this.#sending;
    if (this.#failure) throw this.#failure;
  }

  #send(one: () => Promise<void>): void {
    this.#sending = this.#sending.then(async () => {
      if (this.#failure) return;
      try {
        await one();
      } catch (error) {
        this.#failure = error;
      }
    });
  }
}

/** They lie in a folder of their own, which goes once the API has them. */
async function uploadFiles(client: Client, files: readonly WrittenFile[]): Promise<{ path: string; sha256: string }[]> {
  const stored = [];
  for (const { path: name, file } of files) stored.push({ path: name, sha256: (await client.blobs.upload(file)).sha256 });
  if (files[0]) await rm(path.dirname(files[0].file), { recursive: true, force: true });
  return stored;
}
