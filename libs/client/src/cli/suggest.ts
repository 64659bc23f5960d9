import type { Command } from 'commander';
import { SuggestForRunDocument, type SuggestForRunQuery } from '../generated/graphql';
import { findRun } from './find-run';
import { action, mistake, type Outcome, type Session } from './session';

type Report = NonNullable<NonNullable<SuggestForRunQuery['run']>['suggestions']>;

export function addSuggest(program: Command): void {
  program
    .command('suggest')
    .description('what to try next after a run, with the evidence and the command that tries it')
    .argument('<run>', 'id or name')
    .action(action(suggest));
}

async function suggest({ client }: Session, wanted: string): Promise<Outcome> {
  const found = await findRun(client, wanted);
  if (!found.ok) return mistake(found.message);
  const { run } = await client.request(SuggestForRunDocument, { id: found.id });
  if (!run?.suggestions) return mistake(`Run "${run?.name ?? wanted}" is ${run?.status ?? 'gone'}: suggestions are made for runs that a trainer finished, or that failed.`);
  return { answer: { run: { id: run.id, name: run.name }, ...run.suggestions }, text: textOf(run.id, run.suggestions) };
}

function textOf(id: string, { suggestions, checked }: Report): string {
  if (suggestions.length === 0) return ['Nothing stands out. What was looked at:', ...checked.map(({ looksFor, detail }) => `  ${looksFor}: ${detail}`)].join('\n');
  return suggestions.map(({ title, confidence, explanation, evidence, changes }) => [
    `${title} (${confidence.toLowerCase()})`, ...evidence.map(({ text }) => `  - ${text}`), `  ${explanation}`, ...commandOf(id, changes as Record<string, unknown>),
  ].join('\n')).join('\n\n');
}

/** Several values are a grid. */
function commandOf(id: string, changes: Record<string, unknown>): string[] {
  const options = Object.entries(changes).map(([name, value]) => (Array.isArray(value) ? `--grid ${name}=${value.join(',')}` : `--set ${name}=${String(value)}`));
  return options.length === 0 ? [] : [`  thaw clone ${id} ${options.join(' ')}`];
}
