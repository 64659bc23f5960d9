import { claimLimits, unpackSeries } from '@thaw/series';
import type { Installation } from '../installation';
import type { Compared } from './ends';
import type { Verdict } from './verdict';

type Chunk = { key: string; claim: number; firstStep: string; lastStep: string; points: Buffer; count: string };

/** From the tables themselves: of each key each step once, what the API answers and no more; nothing is stored twice by one claim. */
export async function checkStoredPoints(installation: Installation, runs: readonly Compared[]): Promise<Verdict> {
  let checked = 0;
  const problems: string[] = [];
  for (const { planned, outcome } of runs) {
    if (!outcome) continue;
    const chunks = await installation.sql<Chunk>(
      `select k.name as key, c.claim, c.first_step as "firstStep", c.last_step as "lastStep", c.points, s.count
from metric_series s join key k on k.id = s.key_id join metric_chunk c on c.series_id = s.id where s.run_id = $1 order by c.seq`, [outcome.id]);
    for (const key of new Set(chunks.map((chunk) => chunk.key))) {
      const own = chunks.filter((chunk) => chunk.key === key);
      const limits = claimLimits(own.map(({ claim, firstStep }) => ({ claim, firstStep: Number(firstStep) })));
      const counted = own.flatMap(({ claim, points }) => [...unpackSeries(points).steps].filter((step) => step < limits.get(claim)!));
      const steps = new Set(counted);
      checked += counted.length;
      const answered = outcome.series.get(key)?.steps ?? [];
      if (steps.size !== counted.length) problems.push(`${planned.name}: ${key} has ${counted.length - steps.size} steps stored twice.`);
      if (Number(own[0]!.count) !== steps.size) problems.push(`${planned.name}: ${key} has ${steps.size} steps, and its summary says ${own[0]!.count}.`);
      if (answered.length !== steps.size || answered.some((step) => !steps.has(step))) problems.push(`${planned.name}: ${key} is answered with ${answered.length} points of ${steps.size} that are stored.`);
    }
  }
  return { name: 'metric points stored once, as answered', unit: 'points', checked, problems };
}
