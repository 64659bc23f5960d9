'use client';

import { ChevronLeft, ChevronRight, WandSparkles } from 'lucide-react';
import Link from 'next/link';
import { useProjectPath } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { ComparedPicture } from './compared-pictures';
import { Verdicts } from './picture-card';

interface PictureDialogProps { picture: ComparedPicture; names: ReadonlyMap<string, string>; place: string; onStep: (step: 1 | -1) => void; onClose: () => void }

/** The picture large; left and right go through the page. */
export function PictureDialog({ picture: { picture, label, predictions }, names, place, onStep, onClose }: PictureDialogProps) {
  const path = useProjectPath();
  const keys: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowRight: 1 };
  return (
    <Dialog wide open onOpenChange={(open) => !open && onClose()} title={label} description={picture.path}>
      <div className="flex flex-col gap-3" onKeyDown={({ key }) => keys[key] && onStep(keys[key])}>
        <img src={`${picture.url}?width=960`} alt={`${label}, ${picture.path}`} className="max-h-[50dvh] w-full rounded-md border bg-sunken object-contain" />
        <div className="flex items-center gap-2">
          <Button size="sm" autoFocus onClick={() => onStep(-1)}><ChevronLeft aria-hidden />Previous</Button>
          <Button size="sm" onClick={() => onStep(1)}>Next<ChevronRight aria-hidden /></Button>
          <span role="status" className="num text-xs text-muted">{place}</span>
        </div>
        <Verdicts predictions={predictions} names={names} />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
          <WandSparkles aria-hidden className="size-3.5 text-muted" />Try on pictures of your own:
          {predictions.map(({ runId }) => <Link key={runId} href={path('runs', runId, 'try')} className="text-accent hover:underline">{names.get(runId)}</Link>)}
        </p>
      </div>
    </Dialog>
  );
}
