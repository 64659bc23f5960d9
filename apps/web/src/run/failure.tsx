import type { RunDetailFragment } from '../generated/graphql';
import { Callout } from '../ui/callout';

/** Why it failed, what to do, and the stack for whoever wants it. */
export function Failure({ run, onShowLog }: { run: RunDetailFragment; onShowLog: () => void }) {
  const { message, stack } = splitStack(run.error ?? '');
  return (
    <Callout tone="danger" title={titles[run.endReason ?? ''] ?? 'This run failed'} actions={<button type="button" onClick={onShowLog} className="shrink-0 font-medium underline">Console log</button>}>
      <p>{advice(run)}</p>
      {message && <pre className="mt-2 max-h-48 overflow-auto rounded border bg-panel p-2 font-mono text-xs whitespace-pre-wrap">{message}</pre>}
      {stack && <details className="mt-1"><summary className="text-xs text-muted">Stack</summary><pre tabIndex={0} aria-label="Stack" className="mt-1 max-h-64 overflow-auto rounded border bg-panel p-2 font-mono text-xs whitespace-pre">{stack}</pre></details>}
    </Callout>
  );
}

const titles: Partial<Record<string, string>> = { OUT_OF_MEMORY: 'This run ran out of memory', TRAINER_LOST: 'This run lost its trainer too often' };

function advice({ endReason, kind }: RunDetailFragment): string {
  if (endReason === 'OUT_OF_MEMORY') return 'Clone it with half the batch size, or let it run where there is more memory.';
  if (endReason === 'TRAINER_LOST') return 'Every trainer that took it fell silent or crashed without a new checkpoint. Look at its history under Details, then clone it.';
  return kind === 'EXTERNAL' ? 'Its script said so.' : 'Correct what the message names, then clone the run.';
}

/** The message, and from its first "    at …" on the stack. */
export function splitStack(error: string): { message: string; stack: string } {
  const at = error.search(/^\s+at \S/m);
  return at === -1 ? { message: error.trim(), stack: '' } : { message: error.slice(0, at).trim(), stack: error.slice(at).replace(/^\n+/, '').trimEnd() };
}
