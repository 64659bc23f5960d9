import { Client } from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}

const original = Client.prototype.query;

/** What a request asks the database, in the order it is sent. The API asks for itself meanwhile, now and then: of three times the one with the fewest. */
export async function statementsOf(request: () => Promise<unknown>): Promise<Statement[]> {
  const tries = [await watch(request), await watch(request), await watch(request)];
  return tries.reduce((least, each) => (each.length < least.length ? each : least));
}

async function watch(request: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
    const [config, values] = args as [string | { text: string }, unknown];
    statements.push({ text: typeof config === 'string' ? config : config.text, values: Array.isArray(values) ? values : [] });
    return original.apply(this, args as never);
  } as never);
  try {
    await request();
  } finally {
    spy.mockRestore();
  }
  // What is asked for is selected; much of what goes on in the background is not.
  return statements.filter(({ text }) => /^\s*(\/\*.*?\*\/)?\s*(select|with)/i.test(text) && !/lease_expires_at" <|metric_chunk/.test(text));
}
