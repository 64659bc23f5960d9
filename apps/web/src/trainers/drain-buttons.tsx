'use client';

import { useMutation } from '@apollo/client/react';
import { CirclePause, Play } from 'lucide-react';
import { useState } from 'react';
import { DrainTrainerDocument, ResumeTrainerDocument, type TrainerRowFragment } from '../generated/graphql';
import { plural } from '../format/numbers';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useNotify } from '../ui/notices';

/** Takes a trainer out of the queue, or back into it. One that has runs is asked what becomes of them. */
export function DrainButtons({ trainer: { id, name, draining, currentRuns } }: { trainer: TrainerRowFragment }) {
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [drain, draining_] = useMutation(DrainTrainerDocument);
  const [resume, resuming] = useMutation(ResumeTrainerDocument);

  const tell = async (done: string, answer: Promise<readonly { message: string }[]>) => {
    setAsking(false);
    try {
      const refused = (await answer).map(({ message }) => message).join(' ');
      notify(refused || done, refused ? 'danger' : 'info');
    } catch (error) {
      notify(`${name}: ${(error as Error).message}`, 'danger');
    }
  };
  const start = (handBack: boolean) => void tell(
    handBack ? `${name} hands its runs back at their next batch and takes no more.` : `${name} takes no more runs.`,
    drain({ variables: { id, handBack } }).then(({ data }) => data!.drainTrainer.userErrors),
  );

  if (draining) return <Button size="sm" busy={resuming.loading} onClick={() => void tell(`${name} takes runs again.`, resume({ variables: { id } }).then(({ data }) => data!.resumeTrainer.userErrors))}><Play aria-hidden />Resume</Button>;
  return (
    <>
      <Button size="sm" busy={draining_.loading} onClick={() => (currentRuns.length > 0 ? setAsking(true) : start(false))}><CirclePause aria-hidden />Drain</Button>
      <Dialog open={asking} onOpenChange={setAsking} title={`Drain ${name}?`} description={`It takes no more runs until it is resumed. What becomes of the ${plural(currentRuns.length, 'run')} it works on?`}>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => start(true)}>Hand back now</Button>
          <Button variant="primary" onClick={() => start(false)}>Let it finish</Button>
        </div>
        <p className="mt-3 text-xs text-muted">Handed back, a run makes a checkpoint, is queued again, and goes on with another trainer where it was.</p>
      </Dialog>
    </>
  );
}
