import type { Figure } from '../kit/publish';
import type { Sizes } from './seed-dashboard';

type Told = Omit<Figure, 'thaw' | 'peers'>;

/** What each measured value is called, and what it is to be. */
export const figuresOf = ({ runs, keys, curves, points }: Sizes): Record<string, Told> => ({
  firstPaint: { name: `table of ${say(runs)} runs: opened in a browser that was never there, to painted rows`, unit: 'ms', better: 'less', goal: { atMost: 1500 } },
  javascript: { name: 'JavaScript of that page, gzip', unit: 'kB', better: 'less', goal: { atMost: 350 } },
  scroll: { name: 'frames while it is scrolled', unit: '/s', better: 'more', goal: { atLeast: 55 } },
  sort: { name: 'sorted by name: from the click to painted rows', unit: 'ms', better: 'less', goal: { atMost: 200 } },
  filter: { name: 'filtered by val/accuracy > 0.9: from the last key to painted rows', unit: 'ms', better: 'less', goal: { atMost: 200 } },
  keys: { name: `one of ${say(keys)} metric keys: from the last key to painted choices`, unit: 'ms', better: 'less', goal: { atMost: 200 } },
  overlay: { name: `${curves} curves of ${say(points)} points: from choosing the metric to painted`, unit: 'ms', better: 'less', goal: { atMost: 1000 } },
  fewCurves: { name: `10 curves of ${say(points)} points: opened in a browser that was never there, to painted`, unit: 'ms', better: 'less' },
  manyCurves: { name: `${curves} curves, opened likewise`, unit: 'ms', better: 'less' },
  hover: { name: `work of the page for a mouse move over ${curves} curves, p95`, unit: 'ms', better: 'less', goal: { atMost: 16 } },
  liveFrames: { name: 'frames while 50 shown runs log once a second each', unit: '/s', better: 'more', goal: { atLeast: 50 } },
  liveBatches: { name: 'batches they logged meanwhile', unit: '/s', better: 'more' },
});

const say = (count: number) => count.toLocaleString('en');
