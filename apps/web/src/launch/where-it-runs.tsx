'use client';

import { useState } from 'react';
import { constraintWords, constraintsOf, priorityOf, queueProblems, type QueueDraft } from '../queue/fitting';
import { QueueFields } from '../queue/queue-fields';

/** Folded while any trainer will do: most people have one. */
export function WhereItRuns({ draft, errors, onChange }: { draft: QueueDraft; errors: Partial<Record<keyof QueueDraft, string>>; onChange: (part: Partial<QueueDraft>) => void }) {
  const problems = queueProblems(draft);
  const priority = problems.priority ? 0 : priorityOf(draft);
  const words = Object.keys(problems).length > 0 ? null : constraintWords(constraintsOf(draft));
  const [open, setOpen] = useState(words !== null || priority !== 0);
  /** A mistake is not folded away. */
  const isWrong = Object.keys(problems).length > 0 || (['priority', 'labels', 'memoryGiB', 'trainer'] as const).some((name) => errors[name]);
  const isOpen = open || isWrong;
  return (
    <section aria-label="Where it runs" className="min-w-0 rounded-lg border bg-panel">
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary onClick={(event) => { if (isWrong) event.preventDefault(); }} className="flex min-h-10 flex-wrap items-center gap-x-3 px-3 py-1.5">
          <h2 className="text-[13px] font-semibold">Where it runs</h2>
          <span className="text-xs text-muted">{words ?? 'any trainer'}, priority {priority}</span>
        </summary>
        <div className="border-t p-3">{isOpen && <QueueFields draft={draft} onChange={onChange} errors={errors} />}</div>
      </details>
    </section>
  );
}
