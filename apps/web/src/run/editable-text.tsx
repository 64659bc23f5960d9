'use client';

import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useDraft } from '../draft/use-draft';
import { cx } from '../ui/cx';
import { TextArea, TextInput } from '../ui/fields';

interface EditableTextProps {
  value: string;
  label: string;
  placeholder?: string;
  multiline?: boolean;
  /** In a row of a table: several lines are typed over the rows below, Enter saves and Shift+Enter begins a line. */
  inRow?: boolean;
  className?: string;
  /** What the text is of, such as `run:ID:notes`: what is typed is kept under it until it is saved. */
  draftKey: string;
  /** null when it was saved, else why not */
  onSave: (value: string) => Promise<string | null>;
}

/** Text that becomes an input when it is pressed. Enter or leaving saves, Escape gives up; a failed save keeps what was typed. */
export function EditableText({ value, label, placeholder = 'Add …', multiline = false, inRow = false, className, draftKey, onSave }: EditableTextProps) {
  const { draft: { typed }, change, reset, restored } = useDraft<{ typed: string | null }>(draftKey, { typed: null });
  const setTyped = (next: string | null) => (next === null ? reset() : change({ typed: next }));
  const [problem, setProblem] = useState<string | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && typed === null) trigger.current?.focus();
    wasEditing.current = typed !== null;
  }, [typed]);

  if (typed === null) {
    return (
      <button ref={trigger} type="button" aria-label={`${label}: ${value || 'none'}. Edit`} onClick={() => setTyped(value)}
        className={cx('group -mx-1 inline-flex max-w-full items-baseline gap-1.5 rounded px-1 text-left hover:bg-hover', className)}>
        <span className={cx('min-w-0', multiline && !inRow ? 'whitespace-pre-wrap' : 'truncate', value === '' && 'text-faint')}>{value || placeholder}</span>
        <Pencil aria-hidden className="size-3 shrink-0 self-center text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 [@media(hover:none)]:opacity-100" />
      </button>
    );
  }

  const save = async () => {
    if (typed.trim() === value) return setTyped(null);
    const refused = await onSave(typed.trim());
    setProblem(refused);
    if (refused === null) setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setProblem(null);
      setTyped(null);
    } else if (event.key === 'Enter' && (inRow ? !event.shiftKey : !multiline || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void save();
    }
  };
  const props = { 'aria-label': label, value: typed, autoFocus: !restored, 'aria-invalid': problem !== null, onBlur: () => void save(), onKeyDown };
  return (
    <span className={cx('block min-w-0 flex-1', multiline && inRow && 'relative h-7')}>
      {multiline ? <TextArea {...props} rows={3} title={inRow ? 'Shift+Enter begins a new line' : undefined} onChange={(event) => setTyped(event.target.value)} className={inRow ? 'absolute inset-x-0 top-0' : undefined} /> : <TextInput {...props} onChange={(event) => setTyped(event.target.value)} className={className} />}
      {problem && <span role="alert" className="text-xs text-danger">{problem}</span>}
    </span>
  );
}
