'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { formatCount, plural } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { download, fileName } from '../../ui/download';
import { ProgressBar } from '../../ui/progress';
import { readPages, readRuns } from '../table/read-runs';
import type { RunsTable } from '../use-runs-table';
import { bestOf, csvHead, csvRows, latexFoot, latexHead, latexRows } from './table-text';

type Format = 'csv' | 'latex';
const atOnce = 500;

/** The columns shown, of all runs that match or those that are selected. */
export function ExportDialog({ table, onClose }: { table: RunsTable; onClose: () => void }) {
  const client = useApolloClient();
  const project = useProject();
  const [format, setFormat] = useState<Format>('csv');
  const [ofSelected, setOfSelected] = useState(table.selection.selected.size > 0);
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stopped = useRef(false);
  const selected = [...table.selection.selected];
  const total = ofSelected ? selected.length : (table.total ?? 0);

  async function* pages(): AsyncGenerator<readonly TableRunFragment[]> {
    const read = readPages(client, table.list, table.keys);
    const seen = new Set<string>();
    for (let at = 0; at < total; at += atOnce) {
      const rows = ofSelected ? await readRuns(client, selected.slice(at, at + atOnce), table.keys) : (await read(at, atOnce, false)).rows;
      if (rows.length === 0) return;
      // A run that came meanwhile moves the others on.
      yield rows.filter(({ id }) => !seen.has(id) && seen.add(id));
    }
  }

  const start = async () => {
    stopped.current = false;
    setProblem(null);
    setDone(0);
    const { columns } = table;
    const read: TableRunFragment[][] = [];
    const parts: string[] = [];
    let count = 0;
    let best = new Map<string, number>();
    try {
      for await (const runs of pages()) {
        if (stopped.current) return setDone(null);
        // Which figure is the best is known at the end: LaTeX is written then.
        if (format === 'csv') parts.push(csvRows(columns, runs));
        else {
          read.push([...runs]);
          best = bestOf(columns, runs, best);
        }
        count += runs.length;
        setDone(count);
      }
      const text = format === 'csv' ? [csvHead(columns), ...parts] : [latexHead(columns), ...read.map((runs) => latexRows(columns, runs, best)), latexFoot];
      download(new Blob(text), `${fileName(project)}-runs.${format === 'csv' ? 'csv' : 'tex'}`, format === 'csv' ? 'text/csv' : 'application/x-latex');
      onClose();
    } catch (error) {
      setDone(null);
      setProblem(`After ${plural(count, 'run')}: ${(error as Error).message}`);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => { if (!open) { stopped.current = true; onClose(); } }} title="Export" description={`The ${table.columns.length} columns of the table, in its order.`}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); void start(); }}>
        <Choice name="format" legend="Format" value={format} onChange={setFormat} options={[['csv', 'CSV', 'every digit, for a spreadsheet or a script'], ['latex', 'LaTeX', 'a booktabs table, the best figures bold']]} />
        <Choice name="rows" legend="Runs" value={ofSelected ? 'selected' : 'all'} onChange={(which) => setOfSelected(which === 'selected')}
          options={[['all', `All ${formatCount(table.total ?? 0)} that match`, ''], ...(selected.length > 0 ? [['selected', `The ${formatCount(selected.length)} selected`, ''] as const] : [])]} />
        {problem && <Callout tone="danger" title="The runs could not be read">{problem}</Callout>}
        {done !== null && <div className="flex flex-col gap-1"><ProgressBar value={total > 0 ? done / total : null} label="Runs read" /><span className="num text-xs text-muted">{formatCount(done)} of {formatCount(total)}</span></div>}
        <div className="flex justify-end gap-2">
          {done !== null && <Button onClick={() => { stopped.current = true; }}>Stop</Button>}
          <Button type="submit" variant="primary" busy={done !== null}>Export {plural(total, 'run')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Choice<Value extends string>({ name, legend, value, options, onChange }: { name: string; legend: string; value: Value; options: readonly (readonly [Value, string, string])[]; onChange: (value: Value) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium">{legend}</legend>
      {options.map(([each, label, help]) => (
        <label key={each} className="flex items-baseline gap-2">
          <input type="radio" name={name} value={each} checked={value === each} onChange={() => onChange(each)} className="accent-(--accent)" />
          <span>{label}{help && <span className="text-muted"> – {help}</span>}</span>
        </label>
      ))}
    </fieldset>
  );
}
