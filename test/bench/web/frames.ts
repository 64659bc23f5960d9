/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

export interface Frames {
  perSecond: number;
  /** Milliseconds between two frames, 95 of 100 are no longer. */
  p95Ms: number;
}

/** Frames that the page's main thread made while `act` went on; 60 a second at most. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const note = (time: number) => {
      times.push(time);
      if (times.at(-1)! >= 0) frames.handle = requestAnimationFrame(note);
    };
    const frames = { times, handle: requestAnimationFrame(note) };
    Object.assign(window, { frames });
  });
  await act();
  const times = await page.evaluate(() => {
    const { frames } = window as unknown as { frames: { times: number[]; handle: number } };
    cancelAnimationFrame(frames.handle);
    return frames.times;
  });
  const gaps = times.slice(1).map((time, index) => time - times[index]!).sort((a, b) => a - b);
  return { perSecond: (1000 * gaps.length) / (times.at(-1)! - times[0]!), p95Ms: gaps[Math.floor(gaps.length * 0.95)]! };
}

/** As a hand on a wheel does it: `pixels` down (or up, when negative) at `speed` pixels a second. */
export async function scroll(page: Page, at: { x: number; y: number }, pixels: number, speed: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', { ...at, yDistance: -pixels, speed, gestureSourceType: 'mouse', preventFling: true });
  await session.detach();
}

interface TraceEvent { name: string; ph: string; ts: number; dur?: number; tid: number; pid: number; args?: { name?: string; data?: { type?: string } } }

/** Milliseconds of the main thread for each mouse move of `act`, drawing included: the work between one move and the next. */
export async function workPerMove(page: Page, act: () => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] } });
  await act();
  await sleep(100);
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return perMove(events);
}

function perMove(events: readonly TraceEvent[]): number[] {
  const moves = events.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'mousemove').sort((a, b) => a.ts - b.ts);
  if (moves.length === 0) throw new Error('The page saw no mouse move.');
  const { pid, tid } = moves[0]!;
  const tasks = events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && event.pid === pid && event.tid === tid);
  if (tasks.length === 0) throw new Error('The trace holds no tasks of the page.');
  return moves.map(({ ts }, index) => {
    // The task that dispatches the move began shortly before it.
    const until = moves[index + 1]?.ts ?? Number.POSITIVE_INFINITY;
    return tasks.filter((task) => task.ts + task.dur! > ts && task.ts + task.dur! <= until).reduce((sum, { dur }) => sum + dur! / 1000, 0);
  });
}

