'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { CreateDatasetDocument } from '../generated/graphql';
import type { ImportOutcome } from './import-outcome';
import { isZip, type Picked } from './picked-files';
import { uploadBlobs, type UploadProgress } from './upload-blobs';

interface Wanted { project: string; name: string; picked: Picked; valFraction: number; seed: number }

/** Sends the files, then asks for the dataset; nothing of it is visible unless the whole import is right. */
export function useImportDataset() {
  const client = useApolloClient();
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const controller = useRef<AbortController | null>(null);

  async function start({ picked, ...input }: Wanted) {
    controller.current = new AbortController();
    setBusy(true);
    setOutcome(null);
    setProgress(null);
    try {
      const files = await uploadBlobs(picked.files, setProgress, controller.current.signal);
      const source = isZip(picked) ? { zip: files[0]!.sha256 } : { files, emptyFolders: picked.emptyFolders };
      const { data } = await client.mutate({
        mutation: CreateDatasetDocument,
        variables: { input: { ...input, ...source } },
        refetchQueries: ['Datasets', 'Runs', 'LaunchForm'],
      });
      const { dataset, skipped, warnings, userErrors } = data!.createDataset;
      setOutcome({ errors: userErrors, skipped, warnings });
      return userErrors.length === 0 ? dataset : null;
    } catch (error) {
      const cancelled = (error as Error).name === 'AbortError';
      setOutcome({ errors: cancelled ? [] : [{ message: (error as Error).message }], skipped: [], warnings: [] });
      return null;
    } finally {
      setBusy(false);
    }
  }

  const cancel = () => controller.current?.abort();
  const clear = () => setOutcome(null);
  return { start, cancel, clear, progress, busy, outcome };
}
