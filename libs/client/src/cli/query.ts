import type { Command } from 'commander';
import { action, mistake, type Outcome, type Session } from './session';

export function addQuery(program: Command): void {
  program
    .command('query')
    .description('send a GraphQL operation and print the answer as it came; exit code 1 when it has errors')
    .argument('<graphql>')
    .option('--variables <json>', 'variables of the operation')
    .action(action(query));
}

async function query({ client }: Session, source: string, { variables }: { variables?: string }): Promise<Outcome> {
  let parsed: Record<string, unknown> | undefined;
  try {
    parsed = variables === undefined ? undefined : (JSON.parse(variables) as Record<string, unknown>);
  } catch (error) {
    return mistake(`--variables is no JSON (${(error as Error).message}). An example: '{"name":"default"}'.`);
  }
  const answer = await client.raw(source, parsed, { silenceMs: 600_000 });
  return { answer, text: JSON.stringify(answer, null, 2), failed: Boolean(answer.errors?.length) };
}
