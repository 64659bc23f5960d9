'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { LookUpPicturesDocument } from '../../generated/graphql';
import { plural } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { useNotify } from '../../ui/notices';
import type { Version } from '../version-table';
import { type Found, rebase } from './rebase';
import type { Editing } from './use-pending';

/** At most so many paths are looked up at once. */
const page = 500;

/** Puts the changes onto another version, by where its own pictures are; says what of them is left out, and why. */
export function usePutOnto(name: string, { pending, replace }: Editing) {
  const client = useApolloClient();
  const project = useProject();
  const notify = useNotify();
  const [putting, setPutting] = useState(false);
  const putOnto = async ({ version, classes }: Version) => {
    setPutting(true);
    try {
      const [paths, found] = [Object.keys(pending.changes), [] as Found[]];
      for (let start = 0; start < paths.length; start += page) {
        const part = paths.slice(start, start + page);
        const sha256s = part.flatMap((path) => { const change = pending.changes[path]!; return change.kind === 'add' ? [change.sha256] : []; });
        const { data } = await client.query({ query: LookUpPicturesDocument, variables: { name, project, version, paths: part, sha256s }, fetchPolicy: 'no-cache' });
        found.push(...data!.dataset!.version!.lookUp);
      }
      const { held, gone, ...changes } = rebase(pending, classes, found);
      replace(version, changes);
      const left = [held > 0 && `${plural(held, 'change is', 'changes are')} in version ${version} already`, gone > 0 && `${plural(gone, 'change is', 'changes are')} of what version ${version} no longer has`].filter(Boolean);
      if (left.length > 0) notify(`Left out: ${left.join('; ')}.`);
      return true;
    } catch (error) {
      notify(`Version ${version} could not be read: ${(error as Error).message}. Your changes are kept; try again.`, 'danger');
      return false;
    } finally {
      setPutting(false);
    }
  };
  return { putOnto, putting };
}
