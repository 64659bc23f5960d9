import { backendNames } from '../env';
import { startBackend } from './choose-backend';

export type Probe = { loads: true; library?: string } | { loads: false; reason: string };

/** `executor.js probe NAME`: one line of JSON. */
export async function probe(name: string | undefined): Promise<void> {
  const backend = backendNames.find((each) => each === name);
  if (!backend) throw new Error(`There is no backend ${name}. Valid: ${backendNames.join(', ')}.`);
  const result = await startBackend(backend).then<Probe, Probe>(
    (started) => ({ loads: true, ...started }),
    (error: Error) => ({ loads: false, reason: error.message }),
  );
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
