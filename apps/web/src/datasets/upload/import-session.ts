'use client';

import { type ApolloClient, CombinedGraphQLErrors } from '@apollo/client';
import { useSyncExternalStore } from 'react';
import { CreateDatasetDocument } from '../../generated/graphql';
import type { ImportOutcome } from '../import-outcome';
import { isZip, type Picked, topOf } from '../picked-files';
import { forgetFolder } from './folder-handle';
import { keepUnfinished } from './unfinished';
import { unzip } from './unzip';
import { emptyMemory, uploadBlobs, type UploadMemory, type UploadProgress } from './upload-blobs';

export interface Wanted { project: string; name: string; picked: Picked; valFraction: number; seed: number }

export interface ImportSession {
  wanted: Wanted;
  status: 'sending' | 'paused' | 'checking' | 'failed' | 'done';
  progress: UploadProgress | null;
  outcome: ImportOutcome | null;
  made: { name: string; pictures: number; classes: number } | null;
}

/** One at a time, and outside the pages: an upload goes on while its person looks at runs. */
let session: ImportSession | null = null;
let memory: UploadMemory = emptyMemory();
let opened: Promise<Picked> | null = null;
let controller = new AbortController();
const watchers = new Set<() => void>();

function change(part: Partial<ImportSession>): void {
  session = session && { ...session, ...part };
  for (const watcher of watchers) watcher();
}

const underWay = () => session?.status === 'sending' || session?.status === 'checking';
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

export function startImport(client: ApolloClient, wanted: Wanted): void {
  // The same files under another name, or after a refusal, are known already.
  if (session?.wanted.picked !== wanted.picked) [memory, opened] = [emptyMemory(), null];
  session = { wanted, status: 'sending', progress: null, outcome: null, made: null };
  void carryOn(client);
}

export const continueImport = (client: ApolloClient): void => void carryOn(client);

export function pauseImport(): void {
  controller.abort();
  change({ status: 'paused' });
}

/** What is stored stays stored for a while, so that the same folder can be chosen again. */
export function dropImport(): void {
  controller.abort();
  [session, opened] = [null, null];
  change({});
}

async function carryOn(client: ApolloClient): Promise<void> {
  const own = (controller = new AbortController());
  const { picked, ...input } = session!.wanted;
  change({ status: 'sending', outcome: null });
  window.addEventListener('beforeunload', warn);
  let lastKept = 0;
  const onProgress = (progress: UploadProgress) => {
    if (own.signal.aborted) return;
    change({ progress });
    // Once a second is enough to know how far it came, but a break may be the last that is heard of it.
    if (!progress.waiting && performance.now() - lastKept < 1000 && progress.files < progress.totalFiles) return;
    lastKept = performance.now();
    keepUnfinished(input.project, { name: input.name, top: topOf(picked), files: progress.totalFiles, stored: progress.files });
  };
  try {
    const sent = await (opened ??= unzip(picked));
    const files = await uploadBlobs(client, { files: sent.files, memory, onProgress, signal: own.signal });
    change({ status: 'checking' });
    const source = sent === picked && isZip(picked) ? { zip: files[0]!.sha256 } : { files, emptyFolders: sent.emptyFolders };
    const { data } = await client.mutate({ mutation: CreateDatasetDocument, variables: { input: { ...input, ...source } }, refetchQueries: ['Datasets', 'AnyDataset', 'LaunchForm'] });
    const { dataset, skipped, warnings, userErrors } = data!.createDataset;
    const version = dataset?.latestVersion;
    // What was stored may have been cleared away meanwhile: it is asked about anew.
    if (userErrors.length > 0) memory.stored = [];
    const made = userErrors.length === 0 && version ? { name: dataset.name, pictures: version.trainCount + version.valCount, classes: version.classes.length } : null;
    if (made) endUnfinished(input.project);
    if (own.signal.aborted) return;
    change({ status: made ? 'done' : 'failed', outcome: { errors: userErrors, skipped, warnings }, made });
  } catch (error) {
    if (!own.signal.aborted) change({ status: 'failed', outcome: { errors: [{ message: said(error as Error) }], skipped: [], warnings: [] } });
  } finally {
    if (!underWay()) window.removeEventListener('beforeunload', warn);
  }
}

export function endUnfinished(project: string): void {
  keepUnfinished(project, null);
  void forgetFolder(project);
}

const said = (error: Error) => (CombinedGraphQLErrors.is(error) || !/fetch|network|status code/i.test(error.message) ? error.message
  : 'Every file is stored, but the server did not answer when it was asked for the dataset. Look whether it is in the list by now; if not, import again: nothing is sent twice.');

export function useImportSession(): ImportSession | null {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => session, () => null);
}

/** The name was changed, or other files were chosen: what was said of the last attempt no longer holds. */
export function clearOutcome(): void {
  if (session?.status === 'failed') change({ outcome: null });
}
