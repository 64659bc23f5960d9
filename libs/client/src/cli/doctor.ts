import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { ReachDocument } from '../generated/graphql';
import { defaultUrl } from '../default-url';
import { action, type Outcome, type Session } from './session';

export function addDoctor(program: Command): void {
  program.command('doctor').description('say whether the API is reachable, which TensorFlow backends load here, and what to do').action(action(doctor));
}

/** The probe is the trainer's own: only it has the backends. Beside the CLI alone, the API is all there is to look at. */
async function doctor({ client }: Session): Promise<Outcome> {
  const trainer = trainerProgram();
  if (trainer) {
    const { status, stdout } = spawnSync(process.execPath, [trainer, 'doctor', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const report = JSON.parse(stdout) as { text: string };
      return { answer: report, text: report.text, failed: status !== 0 };
    } catch {
      return { answer: { error: { code: 'PROBE_FAILED', message: stdout } }, text: stdout, failed: true, complaint: 'The trainer’s probe gave no report; see above.' };
    }
  }
  const url = process.env.THAW_URL || defaultUrl;
  await client.request(ReachDocument, {});
  return { answer: { api: { url, reachable: true }, backends: [] }, text: `API  reachable at ${url}\nBackends  unknown: the trainer is not built here (npm run build)` };
}

function trainerProgram(): string | undefined {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (!existsSync(path.join(folder, 'nx.json'))) continue;
    const program = path.join(folder, 'apps/trainer/dist/main.js');
    return existsSync(program) ? program : undefined;
  }
  return undefined;
}
