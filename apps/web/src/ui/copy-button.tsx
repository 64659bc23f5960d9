'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { copyText } from './copy-text';
import { useNotify } from './notices';

interface CopyButtonProps {
  /** A function where the text is made for copying only. */
  text: string | (() => string);
  label: string;
  /** The label stands in the button, not only in its title. */
  worded?: boolean;
}

export function CopyButton({ text, label, worded = false }: CopyButtonProps) {
  const notify = useNotify();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(typeof text === 'string' ? text : text()))) return notify('This browser does not let pages copy. Select the text and copy it by hand.', 'danger');
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  const looks = worded ? { size: 'sm' } as const : { variant: 'ghost', size: 'icon', 'aria-label': label, title: label } as const;
  return (
    <>
      <Button {...looks} onClick={() => void copy()}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}{worded && label}
      </Button>
      <span role="status" className="sr-only">{copied ? 'Copied' : ''}</span>
    </>
  );
}
