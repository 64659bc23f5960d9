import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend, type ChosenBackend } from '../backend/choose-backend';
import { probe } from '../backend/probe';
import { Interruption } from '../claim';
import { DecodePool } from '../data/decode/decode-pool';
import { diskFeatureStore } from '../data/features/disk-feature-store';
import { readEnv, type Env } from '../env';
import type { FromExecutor, ToExecutor } from '../messages';
import { endWithDaemon } from './daemon-watch';
import { environmentFacts } from './environment';
import { OngoingRun, type Workplace } from './ongoing-run';

const [command, ...rest] = process.argv.slice(2);
void (command === 'probe' ? probe(rest[0]) : serve()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exit(1);
});

/** Loads the backend once, then executes the runs it is given, one after the other, until the daemon is gone. */
async function serve(): Promise<void> {
  const read = readEnv(process.env);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  // Ctrl-C in a terminal reaches every process there; the daemon says what becomes of the run.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  let ongoing: OngoingRun | null = null;
  endWithDaemon(() => {
    if (!ongoing) return process.exit(0);
    ongoing.stop(new Interruption('lease lost'));
    void ongoing.ended.finally(() => process.exit(0));
  });

  offerToOomKiller();
  const backend = await chooseBackend(read.env.backend).catch((error: Error) => error);
  if (backend instanceof Error) {
    return void process.send!({ type: 'unusable', message: backend.message } satisfies FromExecutor, undefined, {}, () => process.disconnect());
  }
  const workplace = furnish(read.env, backend);
  process.on('message', (message: ToExecutor) => {
    if (message.type === 'leave') process.exit(0);
    if (message.type === 'run') {
      ongoing = new OngoingRun(workplace, message.order);
      void ongoing.ended.finally(() => { ongoing = null; });
    } else ongoing?.hear(message);
  });
  tell({ type: 'ready', facts: { backend: backend.name, environment: workplace.environment, residentBytes: process.memoryUsage.rss() } });
}

function furnish(env: Env, backend: ChosenBackend): Workplace {
  const environment = environmentFacts(backend);
  const features = diskFeatureStore({
    folder: path.join(env.cacheFolder, 'features'), limitBytes: env.featureCacheBytes,
    computedOn: { backend: backend.name, library: backend.library, tfjs: environment.tfjs, cpu: environment.cpu },
    onTrouble: (error) => console.warn(`Frozen features are not kept: ${error.message}`),
  });
  return { env, environment, features, decode: new DecodePool().decode, tell };
}

function tell(message: FromExecutor): void {
  // A daemon that is gone takes nothing; endWithDaemon does the rest.
  if (process.connected) process.send!(message, undefined, {}, () => {});
}

/** When the machine has no memory left, it should end the run that took it, and not the daemon that can tell of it. */
function offerToOomKiller(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '500');
  } catch {
    // Not on Linux, or not allowed.
  }
}
