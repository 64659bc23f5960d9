'use client';

import { useMutation } from '@apollo/client/react';
import { UpdateRunDocument, type TableRunFragment, type UpdateRunInput } from '../../generated/graphql';
import { EditableText } from '../../run/editable-text';
import { tellRunChanged } from '../../shell/run-changes';

/** null when it was saved, else why not. The row is read again at once, whether the socket tells of it or not. */
function useSave() {
  const [update] = useMutation(UpdateRunDocument);
  return async (input: UpdateRunInput): Promise<string | null> => {
    try {
      const { data } = await update({ variables: { input } });
      const problems = data?.updateRun.userErrors ?? [];
      if (problems.length === 0) tellRunChanged(String(input.id));
      return problems.length > 0 ? problems.map(({ message }) => message).join(' ') : null;
    } catch (error) {
      return `Not saved: ${(error as Error).message}. What you typed is kept; press Enter to try again.`;
    }
  };
}

export function EditableNotes({ run }: { run: TableRunFragment }) {
  const save = useSave();
  return <EditableText multiline inRow draftKey={`notes:${run.id}`} label={`Notes of ${run.name}`} value={run.notes ?? ''} placeholder="Add notes …" onSave={(notes) => save({ id: run.id, notes })} />;
}

export function EditableTags({ run }: { run: TableRunFragment }) {
  const save = useSave();
  const tagsOf = (text: string) => [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))];
  return <EditableText draftKey={`tags:${run.id}`} label={`Tags of ${run.name}, with commas between`} value={run.tags.join(', ')} placeholder="Add tags …" onSave={(text) => save({ id: run.id, tags: tagsOf(text) })} />;
}
