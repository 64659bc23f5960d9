'use client';

import { CombinedGraphQLErrors, type ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { CreateDatasetVersionDocument, DatasetPicturesDocument } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import { type Pending, toInput } from './pending';

export interface SaveProblem { code: string | null; message: string }

/** Makes the version. What could not be made stays as it was, with the reasons. */
export function useSave(name: string, pending: Pending, onSaved: (version: number) => void) {
  const client = useApolloClient();
  const project = useProject();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<SaveProblem[]>([]);
  const save = async () => {
    setBusy(true);
    setProblems([]);
    try {
      const renamed = await renamedPictures(client, { name, project }, pending);
      const { data } = await client.mutate({ mutation: CreateDatasetVersionDocument, variables: { input: toInput(name, project, pending, renamed) }, refetchQueries: ['DatasetPage', 'Datasets', 'LaunchForm'], awaitRefetchQueries: true });
      const { version, userErrors } = data!.createDatasetVersion;
      if (version) onSaved(version.version);
      else setProblems(userErrors.map(({ code, message }) => ({ code: code ?? null, message })));
    } catch (error) {
      setProblems([{ code: null, message: CombinedGraphQLErrors.is(error) ? error.message : 'The server did not answer. Your changes are kept here; save again when the connection is back.' }]);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problems, clear: () => setProblems([]) };
}

async function renamedPictures(client: ApolloClient, variables: { name: string; project: string }, { base, renames }: Pending) {
  const found: { path: string; label: string }[] = [];
  for (const label of Object.keys(renames)) {
    for (let offset = 0; ; offset += 1000) {
      const { data } = await client.query({ query: DatasetPicturesDocument, variables: { ...variables, version: base!, label, first: 1000, offset }, fetchPolicy: 'no-cache' });
      const nodes = data?.dataset?.version?.pictures.nodes ?? [];
      found.push(...nodes);
      if (nodes.length < 1000) break;
    }
  }
  return found;
}
