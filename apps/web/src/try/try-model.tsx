'use client';

import { Camera as CameraIcon } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../format/numbers';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Camera } from './camera';
import { Examples, type Example } from './examples';
import type { Classifier } from './load-classifier';
import { LookCard } from './look-card';
import { PictureDrop } from './picture-drop';
import { useLooks } from './use-looks';

const backends: Record<string, string> = { webgl: 'this computer’s graphics (WebGL)', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

/** A loaded model, and what there is to show it. */
export function TryModel({ classifier, examples }: { classifier: Classifier; examples: readonly Example[] }) {
  const { looks, addFiles, addExample, clear } = useLooks(classifier);
  const [filming, setFilming] = useState(false);
  return (
    <>
      <PictureDrop onPick={addFiles}>
        <Button disabled={filming} onClick={() => setFilming(true)}><CameraIcon aria-hidden />Use the camera</Button>
      </PictureDrop>
      <p className="text-xs text-faint" data-testid="model-facts">{plural(classifier.labels.length, 'class', 'classes')}, input {classifier.side} × {classifier.side}, computed by {backends[classifier.backend]}.</p>
      {examples.length > 0 && <Examples examples={examples} onPick={addExample} />}
      {filming && <Camera classifier={classifier} onStop={() => setFilming(false)} />}
      {looks.length > 0 && (
        <Panel title={plural(looks.length, 'picture')} flush actions={<Button size="sm" variant="ghost" onClick={clear}>Clear</Button>}>
          <ul aria-label="Results" aria-live="polite">{looks.map((look) => <LookCard key={look.id} look={look} classifier={classifier} />)}</ul>
        </Panel>
      )}
    </>
  );
}
