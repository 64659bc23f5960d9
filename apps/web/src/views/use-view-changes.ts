'use client';

import { useMutation } from '@apollo/client/react';
import { CreateSavedViewDocument, DeleteSavedViewDocument, RestoreSavedViewDocument, UpdateSavedViewDocument, type UpdateSavedViewInput, type ViewFactsFragment, type ViewPage } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { useNotify } from '../ui/notices';

const refetch = { refetchQueries: ['SavedViews'] };
type Answer = { view?: ViewFactsFragment | null; userErrors: readonly { message: string }[] } | undefined;

export function useViewChanges(page: ViewPage) {
  const project = useProject();
  const notify = useNotify();
  const [createView] = useMutation(CreateSavedViewDocument, refetch);
  const [updateView] = useMutation(UpdateSavedViewDocument, refetch);
  const [deleteView] = useMutation(DeleteSavedViewDocument, refetch);
  const [restoreView] = useMutation(RestoreSavedViewDocument, refetch);

  /** problem: why it was refused or did not arrive. */
  async function outcome(send: () => Promise<Answer>): Promise<{ made: ViewFactsFragment | null; problem: string | null }> {
    try {
      const answer = await send();
      const problem = (answer?.userErrors ?? []).map(({ message }) => message).join(' ') || null;
      return { made: answer?.view ?? null, problem };
    } catch (error) {
      return { made: null, problem: `Not saved: ${(error as Error).message}` };
    }
  }

  const create = (name: string, state: string) => outcome(async () => (await createView({ variables: { input: { project, page, name, state, isDefault: false } } })).data?.createSavedView);

  async function update(input: UpdateSavedViewInput) {
    const result = await outcome(async () => (await updateView({ variables: { input } })).data?.updateSavedView);
    // A name is asked for in a dialog, which tells its problem itself.
    if (result.problem && !input.name) notify(result.problem, 'danger');
    else if (!result.problem) notify(`View “${result.made!.name}” is saved.`);
    return result;
  }

  async function remove({ id, name }: ViewFactsFragment): Promise<boolean> {
    const { problem } = await outcome(async () => (await deleteView({ variables: { id } })).data?.deleteSavedView);
    if (problem) {
      notify(problem, 'danger');
      return false;
    }
    const undo = async () => {
      const restored = await outcome(async () => (await restoreView({ variables: { id } })).data?.restoreSavedView);
      notify(restored.problem ?? `View “${name}” is back.`, restored.problem ? 'danger' : 'info');
    };
    notify(`View “${name}” is deleted.`, 'info', { label: 'Undo', run: () => void undo() });
    return true;
  }

  return { create, update, remove };
}
