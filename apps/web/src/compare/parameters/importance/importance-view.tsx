'use client';

import { useMemo, useState } from 'react';
import { formatCount, plural } from '../../../format/numbers';
import { Button } from '../../../ui/button';
import { Callout } from '../../../ui/callout';
import { EmptyState, Panel, Skeleton } from '../../../ui/panel';
import type { Column } from '../columns';
import type { Explored } from '../use-explored';
import { caveat, type Analysis, type Question } from './analyse';
import { DependenceCharts } from './dependence-charts';
import { useAnalysis } from './use-analysis';

const mostCategories = 50;
const curves = 6;
const shownAtFirst = 10;

/** Which values made the difference, as a forest sees it, and how. */
export function ImportanceView({ explored }: { explored: Explored }) {
  const { columns, target } = explored;
  const { used, leftOut } = useMemo(() => explaining(columns), [columns]);
  const question = useMemo((): Question => ({ columns: used.map(({ format: _, ...column }) => column), target: target.values, seed: 1, curves }), [used, target]);
  const { analysis, error, busy } = useAnalysis(question);
  if (used.length === 0) return <EmptyState title="Every compared run has the same values">What is the same everywhere cannot be important. Compare runs that were launched with different values.</EmptyState>;
  if (error) return <Callout tone="danger" title="The analysis stopped">{error}. Reload the page to try again.</Callout>;
  return (
    <>
      <Panel title={`What ${target.label} depends on`} actions={analysis && <Figures analysis={analysis} />}>
        {!analysis ? <Skeleton rows={6} /> : <div aria-busy={busy} className={busy ? 'opacity-60' : undefined}><Ranking analysis={analysis} explored={explored} /></div>}
        {analysis && analysis.farOut > 0 && <p className="mt-2 text-xs text-muted">{plural(analysis.farOut, 'run lies', 'runs lie')} far outside all others, beyond Tukey’s far fences, and {analysis.farOut === 1 ? 'counts' : 'count'} as if at the fence: otherwise {analysis.farOut === 1 ? 'it' : 'they'} alone would decide.</p>}
        {leftOut.length > 0 && <p className="mt-2 text-xs text-faint">Left out because nearly every run has its own: {leftOut.map(({ label }) => label).join(', ')}.</p>}
        <Method />
      </Panel>
      {analysis && analysis.dependences.length > 0 && <DependenceCharts analysis={analysis} explored={explored} />}
    </>
  );
}

/** Config values, dataset and backbone that vary. Names that hardly repeat explain nothing. */
function explaining(columns: readonly Column[]): { used: Column[]; leftOut: Column[] } {
  const varying = columns.filter(({ id, group, distinct }) => distinct > 1 && (group === 'Configuration' || id === 'run:backbone' || id === 'run:dataset'));
  const hardlyRepeats = ({ kind, distinct, values }: Column) => kind === 'category' && (distinct > mostCategories || (distinct > 3 && distinct > values.length / 2));
  return { used: varying.filter((column) => !hardlyRepeats(column)), leftOut: varying.filter(hardlyRepeats) };
}

const Figures = ({ analysis: { runs, r2 } }: { analysis: Analysis }) => (
  <span className="num text-xs text-muted">{formatCount(runs)} runs · out-of-bag R² {Number.isNaN(r2) ? '–' : r2.toFixed(2).replace('-', '−')}</span>
);

function Ranking({ analysis, explored }: { analysis: Analysis; explored: Explored }) {
  const [all, setAll] = useState(false);
  const { importances } = analysis;
  const warning = caveat(analysis);
  const total = importances.reduce((sum, { mean }) => sum + Math.max(0, mean), 0);
  return (
    <div className="flex flex-col gap-3">
      {warning && <Callout tone="warning" title="No conclusion from these runs">{warning}</Callout>}
      {importances.length > 0 && (
        <div className="overflow-x-auto">
          <table className="grid-table" aria-label="Importance of each value">
            <thead><tr><th scope="col">Value</th><th scope="col" className="w-1/2 min-w-40">Importance</th><th scope="col" className="right">Share</th><th scope="col">As it grows</th></tr></thead>
            <tbody>
              {importances.slice(0, all ? importances.length : shownAtFirst).map(({ id, mean, error, rho }) => {
                const share = total > 0 ? Math.max(0, mean) / total : 0;
                const chance = mean < 2 * error || mean < 0.01;
                return (
                  <tr key={id} className={chance ? 'text-muted' : undefined}>
                    <th scope="row" className="font-normal! text-inherit!">{explored.columnOf(id)?.label ?? id}</th>
                    <td title={`Shuffling it raises the squared error by ${mean.toFixed(3)} ± ${error.toFixed(3)} of the variance of the target`}>
                      <div className="h-2.5 w-full overflow-hidden rounded-sm bg-sunken"><div className={chance ? 'h-full bg-line-strong' : 'h-full bg-accent'} style={{ width: `${(Math.max(0, mean) / Math.max(importances[0]!.mean, 1e-9)) * 100}%` }} /></div>
                    </td>
                    <td className="right whitespace-nowrap">{chance ? 'by chance' : `${(share * 100).toFixed(0)} %`}</td>
                    <td className="whitespace-nowrap text-muted">{direction(explored.target.label, rho)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {importances.length > shownAtFirst && <Button size="sm" variant="ghost" className="mt-1" onClick={() => setAll(!all)}>{all ? 'Show the most important' : `Show all ${importances.length}`}</Button>}
        </div>
      )}
    </div>
  );
}

/** Spearman's ρ in words. */
function direction(target: string, rho: number | null): string {
  if (rho === null) return 'a choice, see below';
  const figure = `(ρ ${(rho < 0 ? '−' : '+') + Math.abs(rho).toFixed(2)})`;
  if (Math.abs(rho) < 0.1) return `no one way ${figure}`;
  return `${target.replace(/ \((best|last)\)$/, '')} ${rho > 0 ? '↗ rises' : '↘ falls'} ${figure}`;
}

const Method = () => (
  <details className="mt-3 text-xs text-muted">
    <summary className="w-fit font-medium">How this is computed, and what it cannot say</summary>
    <div className="mt-1.5 flex max-w-3xl flex-col gap-1.5">
      <p>A random forest of 150 regression trees predicts the target from every value that varies; categories are one-hot. The importance of a value is how much worse the trees predict the runs they have not seen when that value is shuffled among them, in units of the target’s variance (permutation importance: Breiman, “Random Forests”, 2001). The curves are partial dependence (Friedman, “Greedy Function Approximation”, 2001). The same runs give the same numbers, to the last bit.</p>
      <p>W&amp;B’s importance panel also grows a random forest, beside a linear correlation. fANOVA (Hutter et al., 2014) splits the variance of a forest over the whole space of values instead of over the runs there are, and into interactions; it needs to know that space.</p>
      <p>Values that were always changed together share their importance by chance, a value that hardly varied looks unimportant, and nothing here proves a cause: launch runs that differ in that value alone to know.</p>
    </div>
  </details>
);
