'use client';

import { useState, type FormEvent } from 'react';
import { useDraft } from '../draft/use-draft';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/fields';

interface ViewDialogProps { title: string; draftKey: string; start: string; onClose: () => void; /** null when it was saved, else why not */ onSave: (name: string) => Promise<string | null> }

export function ViewDialog({ title, draftKey, start, onClose, onSave }: ViewDialogProps) {
  const { draft: { name }, change, forget } = useDraft(draftKey, { name: start });
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const refused = await onSave(name.trim());
    setBusy(false);
    setProblem(refused);
    if (refused !== null) return;
    forget();
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description="Everybody who works in this project finds it in the menu.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <Field id="view-name" label="Name" error={problem}><TextInput id="view-name" value={name} onChange={(event) => change({ name: event.target.value })} autoFocus /></Field>
        <Button type="submit" variant="primary" busy={busy} disabled={name.trim() === ''} className="self-end">Save</Button>
      </form>
    </Dialog>
  );
}
