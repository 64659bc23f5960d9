import type { CompareRunFragment } from '../../../generated/graphql';
import { errorAt, fitPowerLaw, type PowerLaw } from './power-law';

export interface SizePoint { pictures: number; mean: number; /** over seeds; null for one run */ deviation: number | null; runs: number }

export interface SizeCurve {
  name: string;
  /** Ascending. */
  sizes: SizePoint[];
  runs: number;
  /** Config values besides share and seed that are not the same in all of them. */
  differing: string[];
  law: PowerLaw | null;
  /** What twice the most pictures would bring to the target, by the fit. */
  doubling: number | null;
}

interface Given {
  runs: readonly CompareRunFragment[];
  /** In the order of the runs. */
  pictures: readonly (number | null)[];
  values: readonly (number | string | null)[];
  lower: boolean;
}

/** The runs of one dataset, backbone and strategy over the number of pictures they were trained with; only where there are two numbers or more. */
export function sizeCurves({ runs, pictures, values, lower }: Given): SizeCurve[] {
  const groups = new Map<string, number[]>();
  runs.forEach((run, place) => {
    if (!run.dataset || !run.backbone || pictures[place] === null || typeof values[place] !== 'number') return;
    const name = nameOf(run);
    groups.set(name, [...(groups.get(name) ?? []), place]);
  });
  return [...groups].map(([name, places]) => curveOf(name, places, { runs, pictures, values, lower })).filter(({ sizes }) => sizes.length > 1).sort((a, b) => b.sizes.length - a.sizes.length || b.runs - a.runs);
}

function nameOf({ dataset, backbone, config }: CompareRunFragment): string {
  const { freeze, pretrained } = (config ?? {}) as { freeze?: string; pretrained?: boolean };
  return `${dataset!.dataset.name} v${dataset!.version} · ${backbone!.name} · ${pretrained === false ? 'from scratch' : (freeze ?? 'unknown strategy')}`;
}

function curveOf(name: string, places: readonly number[], { runs, pictures, values, lower }: Given): SizeCurve {
  const bySize = new Map<number, number[]>();
  for (const place of places) bySize.set(pictures[place]!, [...(bySize.get(pictures[place]!) ?? []), values[place] as number]);
  const sizes = [...bySize].sort(([a], [b]) => a - b).map(([count, own]): SizePoint => ({ pictures: count, ...spread(own), runs: own.length }));
  // What a power law describes is an error: of a share of right answers, the share of wrong ones.
  const asError = (value: number) => (lower ? value : 1 - value);
  const describable = lower || sizes.every(({ mean }) => mean >= 0 && mean <= 1);
  const law = describable ? fitPowerLaw(sizes.map(({ pictures: count, mean }) => ({ pictures: count, error: asError(mean) }))) : null;
  const most = sizes.at(-1)!.pictures;
  const configs = places.map((place) => (runs[place]!.config ?? {}) as Record<string, unknown>);
  const keys = [...new Set(configs.flatMap((config) => Object.keys(config)))].filter((key) => key !== 'trainShare' && key !== 'seed');
  const differing = keys.filter((key) => new Set(configs.map((config) => JSON.stringify(config[key]))).size > 1);
  return { name, sizes, runs: places.length, differing, law, doubling: law && (lower ? 1 : -1) * (errorAt(law, 2 * most) - errorAt(law, most)) };
}

function spread(values: readonly number[]): { mean: number; deviation: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: values.length > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) : null };
}

/** "Doubling the pictures to 1,000 would bring about +0.0120 (fit of 4 sizes, 12 runs)." */
export function sayDoubling({ sizes, runs, law, doubling }: SizeCurve, target: string, lower: boolean): string {
  const most = sizes.at(-1)!;
  const figures = `${sizes.length} sizes, ${runs} runs`;
  if (sizes.length < 3) return `Two sizes (${runs} runs) show a direction; a fit needs three or more.`;
  if (!law || doubling === null) return `${target} does not follow a power law over these ${figures}: more pictures did not make it steadily better.`;
  const change = `${doubling < 0 ? '−' : '+'}${Math.abs(doubling).toFixed(Math.abs(doubling) < 0.01 ? 4 : 3)}`;
  const noise = most.deviation !== null && Math.abs(doubling) < most.deviation ? ` That is less than seeds differ by (± ${most.deviation.toFixed(3)}): more pictures of the same kind would hardly be noticed.` : '';
  const floor = law.floor > 0 ? ` The fit levels off at ${(lower ? law.floor : 1 - law.floor).toFixed(3)}.` : '';
  return `Doubling the pictures to ${(2 * most.pictures).toLocaleString('en-US')} would bring about ${change} (fit of ${figures}).${noise}${floor}`;
}
