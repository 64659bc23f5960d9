'use client';

import { Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../../ui/button';
import type { RunsTable } from '../use-runs-table';

const ExportDialog = dynamic(() => import('./export-dialog').then((module) => module.ExportDialog), { ssr: false });

export function ExportButton({ table }: { table: RunsTable }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog"><Download aria-hidden />Export</Button>
      {open && <ExportDialog table={table} onClose={() => setOpen(false)} />}
    </>
  );
}
