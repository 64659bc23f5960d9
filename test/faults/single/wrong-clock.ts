import path from 'node:path';
import { checkEnds } from '../checks/ends';
import { checkPoints } from '../checks/points';
import type { Finding } from '../checks/verdict';
import type { Timeline } from '../timeline';
import type { Ground } from './ground';
import { TrainerProcess } from './trainer-process';

/** A trainer whose clock is an hour ahead or behind trains as any other, keeps its run, and is seen to be alive. */
export async function wrongClock(ground: Ground, hours: number, timeline: Timeline): Promise<Finding[]> {
  const { installation } = ground;
  const label = hours > 0 ? 'clock-ahead' : 'clock-behind';
  const preload = path.join(__dirname, 'shifted-clock.cjs');
  const trainer = TrainerProcess.start(installation, { name: label, env: { NODE_OPTIONS: `--require ${preload}`, THAW_TEST_CLOCK_SHIFT: String(hours * 3_600_000) } });
  try {
    await ground.launch(label, { trainer: label });
    timeline.note(`${label}: a trainer whose clock is off by ${hours} h`);
    await ground.until(label, 'trains', ({ epoch }) => epoch >= 3);
    const { trainers } = await installation.gql<{ trainers: { name: string; alive: boolean }[] }>('{ trainers { name alive } }');
    const compared = await ground.ended(label);
    const [log] = await installation.sql<{ far: number; lines: number }>("select coalesce(max(abs(extract(epoch from at - now()))), 0)::float8 as far, count(*)::int as lines from log_line where run_id = $1", [compared.outcome!.id]);
    const pointsAt = [...compared.outcome!.series.values()].flatMap(({ times }) => times);
    const farthest = Math.max(...pointsAt.map((time) => Math.abs(time - Date.now() / 1000)));
    const [claims] = await installation.sql<{ claims: number; attempt: number }>('select claims, attempt from run where id = $1', [compared.outcome!.id]);
    const name = `a clock ${Math.abs(hours)} h ${hours > 0 ? 'ahead' : 'behind'}`;
    const problems = [
      ...(trainers.some((each) => each.name === label && each.alive) ? [] : ['it was taken for dead while it trained.']),
      ...(claims!.claims === 1 && claims!.attempt === 1 ? [] : [`its run took ${claims!.claims} claims and ${claims!.attempt} attempts.`]),
      // All of it happened in the last few minutes.
      ...(farthest < 600 ? [] : [`its points lie ${Math.round(farthest)} s off.`]),
      ...(log!.lines > 0 && log!.far < 600 ? [] : [`its ${log!.lines} lines of console output lie ${Math.round(log!.far)} s off.`]),
    ];
    return [
      { ...checkEnds([compared]), name: `${name}: runs that ended as they should` },
      { ...checkPoints([compared]), name: `${name}: points equal to the undisturbed run’s` },
      { name: `${name}: it keeps its run, and its points and lines their time`, unit: 'trainers', checked: 1, problems },
    ];
  } finally {
    await trainer.stop();
  }
}
