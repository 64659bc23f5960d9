'use client';

import { useQuery } from '@apollo/client/react';
import { TrainersToChooseDocument } from '../generated/graphql';
import { Callout } from '../ui/callout';
import { cx } from '../ui/cx';
import { describedBy, Field, TextInput } from '../ui/fields';
import { noneFits, queueProblems, splitLabels, type QueueDraft } from './fitting';

interface QueueFieldsProps {
  draft: QueueDraft;
  onChange: (part: Partial<QueueDraft>) => void;
  errors?: Partial<Record<keyof QueueDraft, string>>;
}

/** Place in the queue and what the trainer must have, with a word when nobody has it. */
export function QueueFields({ draft, onChange, errors = {} }: QueueFieldsProps) {
  const { data } = useQuery(TrainersToChooseDocument, { pollInterval: 10_000 });
  const trainers = data?.trainers ?? [];
  const problems = { ...errors, ...queueProblems(draft) };
  const chosen = splitLabels(draft.labels);
  const known = [...new Set(trainers.flatMap(({ labels }) => labels))].sort();
  const toggle = (label: string) => onChange({ labels: (chosen.includes(label) ? chosen.filter((each) => each !== label) : [...chosen, label]).join(', ') });
  const warning = data && noneFits(draft, trainers);
  const input = (name: keyof QueueDraft) => ({
    id: `queue-${name}`, value: draft[name], 'aria-invalid': problems[name] !== undefined, 'aria-describedby': describedBy(`queue-${name}`, true, problems[name]),
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2">
        <Field id="queue-priority" label="Priority" error={problems.priority} help="Higher goes first; 0 when left empty."><TextInput {...input('priority')} inputMode="numeric" placeholder="0" className="num" /></Field>
        <Field id="queue-memoryGiB" label="Memory (GiB)" error={problems.memoryGiB} help="At least so much, and so much of it free; any when left empty."><TextInput {...input('memoryGiB')} inputMode="decimal" placeholder="any" className="num" /></Field>
        <div className="flex flex-col gap-2">
          <Field id="queue-labels" label="Labels" error={problems.labels} help="The trainer must have all of them."><TextInput {...input('labels')} placeholder="any" /></Field>
          {known.length > 0 && (
            <div role="group" aria-label="Labels that trainers have" className="flex flex-wrap gap-1.5">
              {known.map((label) => <button key={label} type="button" aria-pressed={chosen.includes(label)} onClick={() => toggle(label)} className={cx('rounded-full border px-2 py-0.5 text-xs', chosen.includes(label) ? 'border-accent bg-accent-soft text-accent' : 'text-muted hover:bg-hover')}>{label}</button>)}
            </div>
          )}
        </div>
        <Field id="queue-trainer" label="Trainer" error={problems.trainer} help="Only the one of this name; it need not be there yet.">
          <TextInput {...input('trainer')} placeholder="any" list="queue-trainer-names" />
          <datalist id="queue-trainer-names">{trainers.map(({ id, name, backend }) => <option key={id} value={name}>{backend}</option>)}</datalist>
        </Field>
      </div>
      {warning && <Callout tone="warning">{warning}</Callout>}
    </div>
  );
}
