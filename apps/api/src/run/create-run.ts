import { createHash } from 'node:crypto';
import { isId, type RunRow } from '@thaw/db';
import { createExternalRun } from '@thaw/db/queries/run/create-external-run';
import { endReasons } from '@thaw/db/queries/run/finish-run';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { parseColumns, type NamedSeries } from '@thaw/series';
import stableStringify from 'safe-stable-stringify';
import { uuidv7 } from 'uuidv7';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { checkEnd } from './check-end';
import { checkJson, configLimits, environmentLimits, isStorable } from './check-json';
import { checkLabels, distinct } from './check-run';
import type { CreateRunInput } from './external-run.input';
import type { Launched } from './launch';
import { deletedRun } from './refusals';
import { resolveBackbone, resolveDataset } from './resolve-names';

const longestCommit = 200;

/** Every problem of the input at once; a run is made only when there is none. */
export async function createRun({ db }: Pick<Services, 'db'>, input: CreateRunInput): Promise<Launched> {
  const metrics = checkMetrics(input.metrics ?? []);
  const ended = input.end ? checkEnd(input.end, 'end.') : null;
  const links = await resolveLinks({ db }, input);
  const userErrors = [...checkFacts(input), ...links.userErrors, ...metrics.userErrors, ...(ended?.userErrors ?? [])];
  if (userErrors.length > 0) return { run: null, userErrors };

  const id = input.id?.toLowerCase() ?? uuidv7();
  const contentDigest = input.id ? createHash('sha256').update(stableStringify({ ...input, id })!).digest('base64url') : null;
  const run = await createExternalRun(db, {
    id,
    project: input.project,
    name: input.name ?? `run-${id.slice(-8)}`,
    status: ended?.end.status ?? 'RUNNING',
    endReason: ended ? endReasons[ended.end.status] : null,
    config: (input.config ?? {}) as RunRow['config'],
    datasetVersionId: links.datasetVersionId,
    backboneId: links.backboneId,
    parentRunId: links.parentRunId,
    tags: distinct(input.tags ?? []),
    notes: input.notes ?? null,
    error: ended?.end.error ?? null,
    environment: (input.environment ?? null) as RunRow['environment'],
    gitCommit: input.gitCommit ?? null,
    startedAt: input.startedAt ?? null,
    endedAt: ended ? (ended.end.endedAt ?? new Date()) : null,
    finalMetrics: ended?.end.finalMetrics ?? null,
    contentDigest,
    metrics: metrics.series,
  });
  return run ? { run, userErrors: [] } : answerAgain({ db }, id, contentDigest);
}

/** The id is in use: by this very run, sent again, or by another. */
async function answerAgain({ db }: Pick<Services, 'db'>, id: string, contentDigest: string | null): Promise<Launched> {
  const before = (await findRuns(db, [id])).get(id);
  if (!before) return { run: null, userErrors: [userError('project', 'PROJECT_DELETED', 'The project was deleted while the run was made. Send it again to make the project anew.')] };
  if (before.contentDigest !== contentDigest) {
    return { run: null, userErrors: [userError('id', 'RUN_ID_TAKEN', `Run "${before.name}" has the id ${id} already, and was made with another input. Give each run a UUID of its own; to change a run, call updateRun.`)] };
  }
  return before.deletedAt ? { run: null, userErrors: [deletedRun('id', before)] } : { run: before, userErrors: [] };
}

function checkFacts(input: CreateRunInput): UserError[] {
  const problems = [...checkName('project', input.project), ...checkLabels(input)];
  if (input.id !== null && input.id !== undefined && !isId(input.id)) problems.push(userError('id', 'INVALID_ID', `id is ${JSON.stringify(input.id.slice(0, 80))}. It must be a UUID, such as ${uuidv7()}, or be left out.`));
  if (input.config !== null && input.config !== undefined) problems.push(...checkJson('config', input.config, configLimits));
  if (input.environment !== null && input.environment !== undefined) problems.push(...checkJson('environment', input.environment, environmentLimits));
  if (input.gitCommit && (input.gitCommit.length > longestCommit || !isStorable(input.gitCommit))) problems.push(userError('gitCommit', 'INVALID_COMMIT', `gitCommit must have at most ${longestCommit} characters: a commit's hash, or what git describe prints.`));
  if (input.datasetVersion && !input.dataset) problems.push(userError('datasetVersion', 'DATASET_MISSING', 'datasetVersion says which version of a dataset: give dataset too, or leave both out.'));
  if (input.startedAt && input.end?.endedAt && input.end.endedAt < input.startedAt) problems.push(userError('end.endedAt', 'ENDS_BEFORE_START', 'The run ends before it starts. Give endedAt a time after startedAt.'));
  return problems;
}

interface Links {
  datasetVersionId: string | null;
  backboneId: string | null;
  parentRunId: string | null;
  userErrors: UserError[];
}

async function resolveLinks({ db }: Pick<Services, 'db'>, { project, dataset, datasetVersion, backbone, parentRun }: CreateRunInput): Promise<Links> {
  const links: Links = { datasetVersionId: null, backboneId: null, parentRunId: null, userErrors: [] };
  if (dataset) {
    const found = await resolveDataset({ db }, dataset, project, datasetVersion);
    if ('userErrors' in found) links.userErrors.push(...found.userErrors);
    else links.datasetVersionId = found.versionId;
  }
  if (backbone) {
    const found = await resolveBackbone({ db }, backbone);
    if ('userErrors' in found) links.userErrors.push(...found.userErrors);
    else links.backboneId = found.id;
  }
  if (parentRun) {
    const found = (await findRuns(db, [parentRun])).get(parentRun.toLowerCase());
    if (!found || found.deletedAt) links.userErrors.push(userError('parentRun', 'RUN_UNKNOWN', `There is no run ${parentRun}. List them with the runs query, or leave parentRun out.`));
    else links.parentRunId = found.id;
  }
  return links;
}

function checkMetrics(columns: readonly unknown[]): { series: NamedSeries[]; userErrors: UserError[] } {
  const now = Date.now() / 1000;
  const checked = { series: [] as NamedSeries[], userErrors: [] as UserError[] };
  columns.forEach((each, index) => {
    const parsed = parseColumns(each, now);
    if (parsed.ok) checked.series.push(parsed.series);
    else checked.userErrors.push(...parsed.problems.map(({ field, message }) => userError(field ? `metrics.${index}.${field}` : `metrics.${index}`, 'INVALID_COLUMNS', message)));
  });
  return checked;
}
