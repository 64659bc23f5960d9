'use client';

import { Columns3 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../../ui/button';

// Nobody needs it before they press the button.
const ColumnDialog = dynamic(() => import('./column-dialog').then((module) => module.ColumnDialog), { ssr: false });

interface ColumnPickerProps { columns: readonly string[]; onChange: (columns: string[] | null) => void }

export function ColumnPicker(props: ColumnPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog"><Columns3 aria-hidden />Columns</Button>
      {open && <ColumnDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
