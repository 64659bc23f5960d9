import type { PictureRow } from '@thaw/db';
import { findArtifactsOfRuns } from '@thaw/db/queries/artifact/find-artifacts-of-runs';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { badInput } from '../errors';
import { checkRunIds } from '../run/check-run-ids';
import { agreements, byDisagreement, type AgreementName, type ComparedRow } from './compare-predictions';
import { Agreement, type AgreementCounts, ComparedPictureConnection, type RunPrediction } from './comparison.type';
import { compareEvaluations, evaluationFileOf } from './keyed-evaluations';
import { picturesOf } from './pictures-of';

const mostRuns = 20;

interface ComparedNode {
  picture: PictureRow;
  label: string;
  agree: boolean;
  predictions: RunPrediction[];
}

type ComparedPage = Page<ComparedNode> & Omit<ComparedPictureConnection, keyof Page<ComparedNode> | 'countAll'>;

@Resolver()
export class ComparisonResolver {
  @Query(() => ComparedPictureConnection, { description: 'The same validation pictures as several runs see them: where they disagree first, then where most of them are wrong.' })
  async comparePredictions(
    @Ctx() context: Context,
    @Arg('runIds', () => [ID], { description: `1 to ${mostRuns} runs.` }) runIds: string[],
    @Arg('agreement', () => Agreement, { defaultValue: 'ALL', description: 'Which pictures, by how the runs agree about them.' }) agreement: AgreementName,
    @Arg('label', () => String, { nullable: true, description: 'Only pictures of this true class.' }) label: string | null,
    @Arg('predicted', () => String, { nullable: true, description: 'Only pictures that at least one of the runs takes for this class.' }) predicted: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
  ): Promise<ComparedPage> {
    const wanted = checkRunIds(runIds);
    if (wanted.length < 1 || wanted.length > mostRuns) throw badInput(`runIds has ${wanted.length} ids; 1 to ${mostRuns} runs are compared at once.`);
    const start = after ? Number(decodeCursor(after)[0]) + 1 : 0;
    if (!Number.isInteger(start)) throw badInput('after is no cursor of a list of compared pictures. Pass pageInfo.endCursor of its previous page.');
    checkFirst(first);
    const artifacts = await findArtifactsOfRuns(context.db, wanted);
    const files = wanted.flatMap((id) => {
      const file = evaluationFileOf(artifacts.get(id) ?? []);
      return file ? [{ id, file }] : [];
    });
    const compared = await compareEvaluations(context, files.map(({ file }) => file));
    for (const [name, value] of [['label', label], ['predicted', predicted]] as const) {
      if (value != null && files.length > 0 && !compared.classes.includes(value)) throw badInput(`${name} is "${value}", which is no class of these runs. Their classes: ${compared.classes.slice(0, 50).join(', ')}.`);
    }
    const chosen = byDisagreement(compared.rows.filter((row) => agreements[agreement](row) && (label == null || row.label === label) && (predicted == null || row.verdicts.some((verdict) => verdict.predicted === predicted))));
    const nodes = await asNodes(context.db, chosen.slice(start, start + first + 1), start, files.map(({ id }) => id));
    return {
      ...toPage(nodes, first, ({ place }) => encodeCursor([place]), () => chosen.length),
      runIds: files.map(({ id }) => id),
      withoutEvaluation: wanted.filter((id) => !files.some((file) => file.id === id)),
      classes: compared.classes,
      acrossVersions: compared.acrossVersions,
      evaluatedOn: compared.evaluatedOn,
      counts: countAgreements(compared.rows),
    };
  }
}

/** A picture may be gone with its dataset; the counts still have it. */
async function asNodes(db: Context['db'], rows: readonly ComparedRow[], start: number, runIds: readonly string[]): Promise<(ComparedNode & { place: number })[]> {
  const pictures = await picturesOf(db, rows.map(({ picture }) => picture));
  return rows.flatMap(({ picture, label, verdicts }, index) => {
    const row = pictures.get(picture);
    if (!row) return [];
    const predictions = verdicts.map(({ run, ...verdict }) => ({ runId: runIds[run]!, ...verdict }));
    return [{ place: start + index, picture: row, label, agree: verdicts.every(({ predicted }) => predicted === verdicts[0]!.predicted), predictions }];
  });
}

function countAgreements(rows: readonly ComparedRow[]): AgreementCounts {
  const count = (name: AgreementName) => rows.filter(agreements[name]).length;
  return { all: rows.length, disagree: count('DISAGREE'), someRight: count('SOME_RIGHT'), allWrong: count('ALL_WRONG'), allRight: count('ALL_RIGHT') };
}
