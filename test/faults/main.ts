import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publish, toResult, type Finding } from './checks/verdict';
import { Installation } from './installation';
import { readOptions, type FaultOptions } from './options';
import { fullDiskPart, mountSmallDisk, unmountSmallDisk } from './single/full-disk';
import { singlePart, singleTrainers } from './single/part';
import { stormPart, stormTrainers } from './storm/part';
import { Timeline } from './timeline';

interface Part {
  /** What the installation is started with. */
  env: Record<string, string>;
  run(options: FaultOptions, timeline: Timeline, installation: Installation): Promise<Finding[]>;
  /** Before the start; false: what it takes is not to be had here. */
  prepare?(home: string): boolean;
  /** What prepare made goes. */
  tidy?(home: string): void;
}

const parts: Record<string, Part> = {
  storm: { env: stormTrainers, run: stormPart },
  single: { env: singleTrainers, run: singlePart },
  disk: { env: { THAW_TRAINER_NAME: 'box', THAW_BACKEND: 'wasm' }, run: fullDiskPart, prepare: mountSmallDisk, tidy: unmountSmallDisk },
};

/** `npm run test:faults -- --seed 1 --kills 100`: real processes are killed, stopped and cut off, and nothing may be lost. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const chosen = Object.entries(parts).filter(([name]) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no part "${options.only}". The parts are ${Object.keys(parts).join(', ')}.`);
  const findings: Finding[] = [];
  for (const [name, part] of chosen) findings.push(...(await runPart(name, part, options)));
  process.exitCode = publish(findings, options) ? 0 : 1;
}

/** An installation of its own, removed when all was in order, and otherwise left to look into. */
async function runPart(name: string, { env, run, prepare, tidy }: Part, options: FaultOptions): Promise<Finding[]> {
  const timeline = new Timeline();
  const installation = await Installation.make(env);
  if (prepare && !prepare(installation.home)) {
    console.log(`${name} is skipped: a small disk can be mounted by root on Linux only.`);
    installation.remove();
    return [];
  }
  await installation.start();
  timeline.note(`${name}: started at ${installation.url}, home ${installation.home}`);
  try {
    const findings = await run(options, timeline, installation).catch((error: Error): Finding[] => {
      timeline.note(error.stack ?? String(error));
      return [{ name: `${name} comes to its end`, unit: 'parts', checked: 1, problems: [error.message.split('\n')[0]!] }];
    });
    const stopped = await installation.stop();
    findings.push({ name: `${name}: the stack stops in order`, unit: 'stacks', checked: 1, problems: stopped === 0 ? [] : [`it ended with exit code ${stopped}.`] });
    tidy?.(installation.home);
    if (options.keep || findings.some((finding) => toResult(finding).met === false)) keep(name, installation, timeline, options);
    else installation.remove();
    return findings;
  } catch (error) {
    keep(name, installation, timeline, options);
    tidy?.(installation.home);
    throw error;
  }
}

function keep(name: string, installation: Installation, timeline: Timeline, { seed, kills, runs, epochs }: FaultOptions): void {
  mkdirSync(installation.logs, { recursive: true });
  writeFileSync(path.join(installation.logs, 'timeline.txt'), timeline.print());
  writeFileSync(path.join(installation.logs, 'supervisor.log'), installation.supervisorOutput);
  console.log(`\n${timeline.print()}\n\nThe same again: npm run test:faults -- --seed ${seed} --kills ${kills} --runs ${runs} --epochs ${epochs} --only ${name}\nLogs, and this timeline: ${installation.logs}\n`);
  installation.end();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
