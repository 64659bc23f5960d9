'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { RestoredNote } from '../draft/restored-note';
import { useDraft } from '../draft/use-draft';
import { UpdateRunDocument, type RunRowFragment } from '../generated/graphql';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { constraintsOf, draftOfQueue, priorityOf, queueProblems } from './fitting';
import { QueueFields } from './queue-fields';

type Queued = Pick<RunRowFragment, 'id' | 'name' | 'priority' | 'constraints'>;

/** Priority and constraints of a run that waits. */
export function EditQueue({ run, onClose }: { run: Queued; onClose: () => void }) {
  const [update, { loading }] = useMutation(UpdateRunDocument);
  const { draft, change, forget, reset, restored } = useDraft(`queue:${run.id}`, draftOfQueue(run));
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(queueProblems(draft)).length > 0) return;
    try {
      const { data } = await update({ variables: { input: { id: run.id, priority: priorityOf(draft), constraints: constraintsOf(draft) } } });
      const refused = data!.updateRun.userErrors.map(({ message }) => message).join(' ');
      if (refused) return setProblem(refused);
      forget();
      onClose();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Where ${run.name} runs`} description="Can be changed while it waits." wide>
      <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-4">
        <RestoredNote restored={restored} onReset={reset} />
        <QueueFields draft={draft} onChange={change} />
        {problem && <Callout tone="danger">{problem}</Callout>}
        <div className="flex justify-end gap-2"><Button onClick={onClose}>Close</Button><Button type="submit" variant="primary" busy={loading}>Save</Button></div>
      </form>
    </Dialog>
  );
}
