import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

export const inputClass =
  'h-8 w-full rounded-md border border-field bg-panel px-2.5 text-[13px] text-ink aria-[invalid=true]:border-danger disabled:opacity-60';

/** Ids of the words that describe an input, for aria-describedby. */
export const describedBy = (id: string, help: unknown, error: unknown) =>
  [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

interface FieldProps { id: string; label: ReactNode; help?: ReactNode; error?: string | null; children: ReactNode; className?: string }

/** Label above, help and error below, tied to the input by id. */
export function Field({ id, label, help, error, children, className }: FieldProps) {
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">{label}</label>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

export function FieldNotes({ id, help, error }: Pick<FieldProps, 'id' | 'help' | 'error'>) {
  return (
    <>
      {error && <p id={`${id}-error`} className="text-xs text-danger" role="alert">{error}</p>}
      {help && <p id={`${id}-help`} className="text-xs text-faint">{help}</p>}
    </>
  );
}

export function TextInput({ className, ...props }: ComponentProps<'input'>) {
  return <input type="text" autoComplete="off" spellCheck={false} {...props} className={cx(inputClass, className)} />;
}

export function SelectInput({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <select {...props} className={cx(inputClass, 'select', className)}>
      {children}
    </select>
  );
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea {...props} className={cx(inputClass, 'h-auto min-h-16 py-1.5 leading-snug', className)} />;
}
