import { checkBlobs } from '../checks/blobs';
import { checkClaims } from '../checks/claims';
import { checkEnds, type Compared } from '../checks/ends';
import { checkExclusive } from '../checks/exclusive';
import { checkStaleTokens, checkWrites } from '../checks/fencing';
import { lastEpoch, readOutcome, type Outcome } from '../checks/outcome';
import { checkPoints } from '../checks/points';
import { describeRecoveries, findRecoveries } from '../checks/recovery';
import { checkResults } from '../checks/results';
import { checkStoredPoints } from '../checks/stored-points';
import type { Finding } from '../checks/verdict';
import type { Installation } from '../installation';
import type { FaultOptions } from '../options';
import { importPictures } from '../pictures';
import { RandomStream } from '../random';
import type { Timeline } from '../timeline';
import { callWitness, changesSeen, writesSeen } from '../witness';
import { trainReferences } from './reference';
import { storm, type StormRecord } from './storm';
import { planWorkload, type Workload } from './workload';

const trainers = 3;

/** Kill -9 of trainers, executors, API, Postgres and all at once, over a workload of many runs. */
export async function stormPart(options: FaultOptions, timeline: Timeline, installation: Installation): Promise<Finding[]> {
  await importPictures(installation);
  const workload = planWorkload({ runs: options.runs, epochs: options.epochs, random: new RandomStream(options.seed, 'workload') });
  timeline.note(`training ${Object.keys(workload.configs).length} runs undisturbed`);
  const references = await trainReferences(installation, workload);
  await callWitness(installation);
  const epochs = new Map([...references].map(([config, outcome]) => [config, lastEpoch(outcome)]));
  timeline.note(`${options.runs} runs, ${options.kills} kills`);
  const record = await storm(installation, { workload, kills: options.kills, trainers, epochs, random: new RandomStream(options.seed, 'kills'), timeline });
  timeline.note('all runs have ended; checking');
  return check(installation, workload, references, record, options);
}

async function check(installation: Installation, workload: Workload, references: ReadonlyMap<string, Outcome>, record: StormRecord, { kills }: FaultOptions): Promise<Finding[]> {
  const runs: Compared[] = [];
  for (const planned of workload.runs) {
    const run = record.runs.get(planned.name);
    runs.push({ planned, outcome: run && (await readOutcome(installation, run.id)), reference: references.get(planned.config)! });
  }
  const changes = await changesSeen(installation);
  const writes = await writesSeen(installation);
  const missed = Array.from({ length: kills - record.kills.length }, () => 'one was not carried out: the workload was over.');
  return [
    { name: 'kills', unit: 'kills', checked: kills, problems: missed },
    checkEnds(runs),
    checkPoints(runs),
    await checkStoredPoints(installation, runs),
    checkResults(runs),
    await checkClaims(installation, changes),
    checkExclusive(installation.journal),
    checkWrites(writes),
    checkStaleTokens(record.stale),
    ...describeRecoveries(findRecoveries(record.kills, changes, writes, record.outages)),
    ...(await checkBlobs(installation)),
  ];
}

export const stormTrainers = { THAW_TRAINERS: String(trainers), THAW_TRAINER_NAME: 'box', THAW_BACKEND: 'wasm' };
