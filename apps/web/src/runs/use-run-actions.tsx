'use client';

import { useApolloClient } from '@apollo/client/react';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { CancelRunDocument, FinishRunEarlyDocument, PauseRunDocument, ResumeRunDocument } from '../generated/graphql';
import { plural } from '../format/numbers';
import { Button } from '../ui/button';
import { useNotify } from '../ui/notices';
import { confirmation, controlLabel, outcomeOf, type Control, type Controlled } from './run-controls';

// Nobody is asked before something is to be ended.
const Dialog = dynamic(() => import('../ui/dialog').then((module) => module.Dialog), { ssr: false });

interface Asked { control: Control; runs: readonly Controlled[]; title: string; text: string; verb: string }

/** Does to runs what their buttons say; what cannot be taken back is asked first, in the dialog to be rendered. */
export function useRunActions(): { act: (control: Control, ...runs: Controlled[]) => void; busy: Control | null; dialog: ReactNode } {
  const client = useApolloClient();
  const notify = useNotify();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState<Control | null>(null);

  async function send(control: Control, id: string) {
    const variables = { id };
    switch (control) {
      case 'pause': return (await client.mutate({ mutation: PauseRunDocument, variables })).data!.pauseRun.userErrors;
      case 'resume': return (await client.mutate({ mutation: ResumeRunDocument, variables })).data!.resumeRun.userErrors;
      case 'finishEarly': return (await client.mutate({ mutation: FinishRunEarlyDocument, variables })).data!.finishRunEarly.userErrors;
      case 'cancel': return (await client.mutate({ mutation: CancelRunDocument, variables })).data!.cancelRun.userErrors;
    }
  }

  async function perform(control: Control, runs: readonly Controlled[]) {
    setAsked(null);
    setBusy(control);
    const refused: string[] = [];
    for (const run of runs) {
      try {
        refused.push(...(await send(control, run.id)).map(({ message }) => message));
      } catch (error) {
        refused.push(`${run.name}: ${(error as Error).message}`);
      }
    }
    setBusy(null);
    if (refused.length > 0) notify(refused.slice(0, 3).join(' '), 'danger');
    else notify(runs.length === 1 ? outcomeOf(control, runs[0]!) : `${controlLabel(control, runs[0]!)}: ${plural(runs.length, 'run')}.`);
  }

  const act = (control: Control, ...runs: Controlled[]) => {
    const needed = runs.map((run) => confirmation(control, run)).filter((each) => each !== null);
    if (needed.length === 0) void perform(control, runs);
    else setAsked({ control, runs, ...needed[0]!, ...(runs.length > 1 && { title: `${controlLabel(control, runs[0]!)}: ${plural(runs.length, 'run')}?` }) });
  };

  const dialog = asked && (
    <Dialog open onOpenChange={(open) => !open && setAsked(null)} title={asked.title} description={asked.text}>
      <div className="flex justify-end gap-2">
        <Button onClick={() => setAsked(null)}>{asked.control === 'cancel' ? 'Let it run' : 'Keep training'}</Button>
        <Button variant={asked.control === 'cancel' ? 'danger' : 'primary'} onClick={() => void perform(asked.control, asked.runs)}>{asked.verb}</Button>
      </div>
    </Dialog>
  );
  return { act, busy, dialog };
}
