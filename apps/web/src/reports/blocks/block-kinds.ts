/** What a live block may say: every option with what is valid and what it means. The one source of checks and help. */
export type BlockKind = 'chart' | 'table' | 'run' | 'confusion' | 'pictures' | 'config-diff';

export type OptionType =
  | { is: 'text'; mostLength?: number }
  | { is: 'id' }
  | { is: 'ids'; most: number }
  | { is: 'texts'; most: number }
  | { is: 'number'; least: number; most: number; whole?: boolean }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'yes-or-no' };

export interface OptionSpec {
  type: OptionType;
  what: string;
  required?: boolean;
}

export interface KindSpec {
  label: string;
  what: string;
  options: Readonly<Record<string, OptionSpec>>;
}

export const mostRuns = 100;

/** Which runs a block is about: those that are named, or those a search finds. */
const selection = {
  runs: { type: { is: 'ids', most: mostRuns }, what: 'ids of runs' },
  search: { type: { is: 'text', mostLength: 2000 }, what: 'a search as in the runs table, such as dataset:flowers status:finished; left out with runs left out: every run' },
  first: { type: { is: 'number', least: 1, most: mostRuns, whole: true }, what: 'how many runs of the search, default 10' },
  by: { type: { is: 'text', mostLength: 512 }, what: 'the metric whose best values come first, default: the newest runs' },
} satisfies Record<string, OptionSpec>;

const title: OptionSpec = { type: { is: 'text', mostLength: 200 }, what: 'a heading' };
const run: OptionSpec = { type: { is: 'id' }, what: 'id of a run', required: true };

export const blockKinds: Readonly<Record<BlockKind, KindSpec>> = {
  chart: {
    label: 'Chart',
    what: 'Curves of one metric, live',
    options: {
      metric: { type: { is: 'text', mostLength: 512 }, what: 'the key of a metric, such as val/accuracy', required: true },
      ...selection,
      title,
      smoothing: { type: { is: 'number', least: 0, most: 0.99 }, what: 'how much the curves are smoothed, 0: not at all' },
      logY: { type: { is: 'yes-or-no' }, what: 'a logarithmic scale of values, default false' },
      height: { type: { is: 'number', least: 120, most: 800, whole: true }, what: 'pixels, default 280' },
    },
  },
  table: {
    label: 'Table of runs',
    what: 'One row per run, the best of each column marked',
    options: { ...selection, columns: { type: { is: 'texts', most: 20 }, what: 'metrics, config values (config.learningRate) and status, dataset, backbone, epochs, duration, created' }, title },
  },
  run: { label: 'Card of a run', what: 'Status and figures of one run', options: { run, metrics: { type: { is: 'texts', most: 12 }, what: 'keys of metrics, default: accuracy and loss' } } },
  confusion: { label: 'Confusion matrix', what: 'Which classes a run takes for which', options: { run, title } },
  pictures: {
    label: 'Mistakes in pictures',
    what: 'Pictures that a run got wrong, the most confident first',
    options: {
      run,
      count: { type: { is: 'number', least: 1, most: 60, whole: true }, what: 'how many pictures, default 12' },
      label: { type: { is: 'text', mostLength: 512 }, what: 'only pictures of this class' },
      predicted: { type: { is: 'text', mostLength: 512 }, what: 'only pictures taken for this class' },
      title,
    },
  },
  'config-diff': {
    label: 'Configuration compared',
    what: 'What was set differently, side by side',
    options: { ...selection, all: { type: { is: 'yes-or-no' }, what: 'also what is the same, default false' }, title },
  },
};

export const isKind = (name: unknown): name is BlockKind => typeof name === 'string' && Object.hasOwn(blockKinds, name);
