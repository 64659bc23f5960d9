import { describeFiles, readFiles } from '../checkpoint/checkpoint-files';
import type { ModelFile } from '../save-model';
import type { Baseline, TransferGain } from './measure-gain';

/** Says which baselines are done; the files of the one that trains lie in a folder beside it. */
const baselinesFile = 'baselines.json';

interface Baselines {
  gains: TransferGain[];
  baseline: Baseline;
}

export function baselineFiles(gains: readonly TransferGain[], baseline: Baseline, files: readonly ModelFile[]): ModelFile[] {
  const state: Baselines = { gains: [...gains], baseline };
  return [...describeFiles(baselinesFile, state, []), ...files.map(({ path, bytes }) => ({ path: `${baseline}/${path}`, bytes }))];
}

/** What the baselines of a checkpoint had come to. Throws CheckpointUnfit. */
export function openBaselines(files: readonly ModelFile[]): { gains: TransferGain[]; underWay: { baseline: Baseline; files: ModelFile[] } | null } {
  if (!files.some(({ path }) => path === baselinesFile)) return { gains: [], underWay: null };
  const { gains, baseline } = readFiles<Baselines>(baselinesFile, files).state;
  const folder = `${baseline}/`;
  const own = files.filter(({ path }) => path.startsWith(folder)).map(({ path, bytes }) => ({ path: path.slice(folder.length), bytes }));
  return { gains, underWay: own.length > 0 ? { baseline, files: own } : null };
}
