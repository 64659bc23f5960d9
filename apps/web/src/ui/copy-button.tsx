'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { copyText } from './copy-text';
import { useNotify } from './notices';

export function CopyButton({ text, label }: { text: string; label: string }) {
  const notify = useNotify();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text))) return notify('This browser does not let pages copy. Select the text and copy it by hand.', 'danger');
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={label} title={label} onClick={() => void copy()}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </Button>
      <span role="status" className="sr-only">{copied ? 'Copied' : ''}</span>
    </>
  );
}
