'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Panel } from '../ui/panel';
import { pixelsOf } from './decode-picture';
import type { Classifier, Sight } from './load-classifier';
import { Scores } from './scores';
import { SeenPicture } from './seen-picture';

/** The camera's picture, looked at as fast as the model can. */
export function Camera({ classifier, onStop }: { classifier: Classifier; onStop: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [sight, setSight] = useState<Sight | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | null = null;
    const run = async () => {
      stream = await openCamera();
      const screen = video.current;
      if (stopped || !screen) return stream.getTracks().forEach((track) => track.stop());
      screen.srcObject = stream;
      await screen.play();
      while (!stopped) {
        await new Promise(requestAnimationFrame);
        if (screen.videoWidth === 0) continue;
        const next = await classifier.look(pixelsOf(screen, screen.videoWidth, screen.videoHeight));
        if (!stopped) setSight(next);
      }
    };
    run().catch((error: Error) => { if (!stopped) setProblem(explain(error)); });
    return () => {
      stopped = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [classifier]);

  return (
    <Panel title="Camera" actions={<Button size="sm" onClick={onStop}>{problem ? 'Close' : 'Stop the camera'}</Button>}>
      {problem ? <Callout tone="danger" title="The camera cannot be used">{problem}</Callout> : (
        <div className="grid items-start gap-3 sm:grid-cols-[auto_minmax(0,1fr)]">
          <div className="flex gap-2">
            <video ref={video} muted playsInline aria-label="Camera" className="h-28 max-w-56 rounded-md border bg-sunken" />
            {sight && <SeenPicture seen={sight.seen} side={classifier.side} />}
          </div>
          {sight ? (
            <div className="min-w-0">
              <Scores labels={classifier.labels} scores={sight.scores} />
              <p className="num mt-1 text-xs text-faint">{sight.milliseconds.toFixed(0)} ms per picture</p>
            </div>
          ) : <p className="text-muted">Waiting for the camera …</p>}
        </div>
      )}
    </Panel>
  );
}

function openCamera(): Promise<MediaStream> {
  // Missing where the page is neither on https nor on this machine.
  if (!navigator.mediaDevices) return Promise.reject(new DOMException('', 'SecurityError'));
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
}

function explain({ name, message }: Error): string {
  switch (name) {
    case 'NotAllowedError': return 'The browser was not allowed to. Allow the camera for this site (the icon beside the address), then start it again.';
    case 'NotFoundError': return 'This device has no camera.';
    case 'NotReadableError': return 'Another program is using it. Close that, then start it again.';
    case 'SecurityError': return 'Browsers give the camera only to pages on https or on localhost. Open Thaw in one of these ways.';
    default: return message;
  }
}
