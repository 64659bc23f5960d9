import { validateHyperparameters } from '@thaw/config';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { listUnfinishedRuns, type UnfinishedRunRow } from '@thaw/db/queries/estimate/list-unfinished-runs';
import { listQueueTrainers } from '@thaw/db/queries/trainer/list-queue-trainers';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import { resolveBackbone, resolveDataset } from '../run/resolve-names';
import { estimate, type Estimate } from './estimate';
import { EstimateRunsInput, type RunEstimate, RunEstimates } from './estimate.type';
import { keepsFeatures, listMeasured, speedOf } from './list-measured';
import type { Measured } from './measure';

const mostConfigs = 100;

@Resolver()
class EstimateResolver {
  @Query(() => RunEstimates, { description: 'How long runs would take, from the times of earlier ones, and how long they would wait.' })
  async estimateRuns(@Ctx() context: Context, @Arg('input', () => EstimateRunsInput, { description: 'What would be trained.' }) input: EstimateRunsInput): Promise<RunEstimates> {
    const { configs } = input;
    if (configs.length < 1 || configs.length > mostConfigs) throw badInput(`configs has ${configs.length} entries; 1 to ${mostConfigs} are allowed.`);
    const dataset = await resolveDataset(context, input.dataset, input.project, input.datasetVersion);
    const backbone = await resolveBackbone(context, input.backbone);
    const [problem] = [dataset, backbone].flatMap((each) => ('userErrors' in each ? each.userErrors : []));
    if (problem || 'userErrors' in dataset || 'userErrors' in backbone) throw badInput(problem!.message);

    const [version, trainers, found] = await Promise.all([findDatasetVersions(context.db, [dataset.versionId]), listQueueTrainers(context.db), findBackbones(context.db, [backbone.id])]);
    const slots = trainers.filter(({ state }) => state === 'ALIVE').reduce((sum, each) => sum + each.slots, 0);
    const known = await listMeasured(context.db, backbone.id, trainers.map(({ id }) => id));
    const { datasetId, trainCount: train, valCount: val } = version.get(dataset.versionId)!;
    const place = { backboneId: backbone.id, speed: speedOf(found.get(backbone.id)!.name), datasetId, versionId: dataset.versionId, train, val };
    const runs = configs.map((config): RunEstimate => {
      const checked = validateHyperparameters(config);
      if (!checked.ok) return unknown(checked.problems[0]!.message);
      const one = estimate(known, { ...place, config: checked.config, featuresKept: keepsFeatures(known, { ...place, config: checked.config }) });
      return one ? { ...one, reason: null } : unknown(known.length === 0 ? 'No run has finished here yet. Once one has, times are estimated from it.' : 'No finished run unfroze layers as this one does. Once one has, times are estimated from it.');
    });
    return { runs, ...together(runs, slots), ...queue(await listUnfinishedRuns(context.db, input.priority ?? 0), known, slots), slots };
  }
}

const unknown = (reason: string): RunEstimate => ({ seconds: null, low: null, high: null, epochs: null, basedOn: 0, similarity: null, reason });

/** Runs are dealt to the slots as they come free: no less than their share, nor than the longest of them. */
function together(runs: readonly RunEstimate[], slots: number): Pick<RunEstimates, 'seconds' | 'low' | 'high'> {
  const last = (figure: 'seconds' | 'low' | 'high') => {
    const each = runs.map((run) => run[figure]);
    return each.includes(null) ? null : Math.max(...whenFree(each as number[], Math.max(1, slots)));
  };
  return { seconds: last('seconds'), low: last('low'), high: last('high') };
}

/** When each slot is done with its runs, each of which goes to the slot that comes free first. */
function whenFree(seconds: readonly number[], slots: number): number[] {
  const free = Array.from({ length: slots }, () => 0);
  for (const each of seconds) free[free.indexOf(Math.min(...free))]! += each;
  return free;
}

function queue(rows: readonly UnfinishedRunRow[], known: readonly Measured[], slots: number): Pick<RunEstimates, 'ahead' | 'aheadSeconds'> {
  if (slots === 0) return { ahead: rows.length, aheadSeconds: null };
  if (rows.length < slots) return { ahead: rows.length, aheadSeconds: 0 };
  const left = rows.map(({ backbone, config, elapsed, ...row }) => {
    const checked = validateHyperparameters(config);
    const one: Estimate | null = checked.ok ? estimate(known, { ...row, speed: speedOf(backbone), config: checked.config, featuresKept: keepsFeatures(known, { ...row, config: checked.config }) }) : null;
    return one && Math.max(one.seconds - elapsed, 0);
  });
  const told = left.filter((each) => each !== null);
  if (told.length === 0) return { ahead: rows.length, aheadSeconds: null };
  // One that is like nothing before counts as the mean of the others.
  const mean = told.reduce((sum, each) => sum + each, 0) / told.length;
  return { ahead: rows.length, aheadSeconds: Math.min(...whenFree(left.map((each) => each ?? mean), slots)) };
}

export const estimateResolvers = [EstimateResolver] as const;
