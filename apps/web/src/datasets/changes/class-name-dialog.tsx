'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, TextInput } from '../../ui/fields';

interface ClassNameDialogProps { title: string; action: string; start: string; taken: readonly string[]; onDone: (name: string) => void; onClose: () => void; mayMerge?: boolean }

/** Asks for the name of a class. */
export function ClassNameDialog({ title, action, start, taken, onDone, onClose, mayMerge = false }: ClassNameDialogProps) {
  const [name, setName] = useState(start);
  const trimmed = name.trim();
  const exists = trimmed !== start && taken.includes(trimmed);
  const slash = /[/\\]/.test(trimmed);
  const error = slash ? 'A class is a folder: its name has no / or \\.' : exists && !mayMerge ? `There is a class ${trimmed} already.` : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '' || error) return;
    onDone(trimmed);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field id="class-name" label="Name" error={error} help={exists && mayMerge && !error ? `The pictures join those of ${trimmed}.` : undefined}>
          <TextInput id="class-name" autoFocus value={name} onChange={(event) => setName(event.target.value)} aria-invalid={error !== null} aria-describedby={error ? 'class-name-error' : undefined} />
        </Field>
        <div className="flex justify-end gap-2"><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" disabled={trimmed === '' || error !== null}>{action}</Button></div>
      </form>
    </Dialog>
  );
}
