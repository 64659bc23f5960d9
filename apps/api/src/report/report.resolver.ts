import type { ProjectRow, ReportRow, ReportVersionRow } from '@thaw/db';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { findKeptVersion, findKeptVersions, findReports, type KeptVersion } from '@thaw/db/queries/report/find-reports';
import { insertReport, mostReports } from '@thaw/db/queries/report/insert-report';
import { countReports, findReportBodies, listReports, type ListedReport, type ReportPosition } from '@thaw/db/queries/report/list-reports';
import { markReportDeleted } from '@thaw/db/queries/report/mark-report';
import { type UpdatedReport, updateReport } from '@thaw/db/queries/report/update-report';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput, userError, type UserError } from '../errors';
import { checkName } from '../names';
import { Project } from '../project/project.type';
import { checkBody, checkTitle } from './check-report';
import { CreateReportInput, ReportPayload, RestoreReportVersionInput, UpdateReportInput } from './report.input';
import { Report, ReportConnection, ReportVersion } from './report.type';
import { asPayload, refuse, unknownReport } from './refusals';

@Resolver(() => Report)
class ReportResolver {
  @Query(() => ReportConnection, { description: 'Of one project, those changed last first.' })
  async reports(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string | null,
    @Arg('deleted', () => Boolean, { defaultValue: false, description: 'The deleted ones instead.' }) deleted = false,
  ): Promise<Page<ListedReport>> {
    const rows = await listReports(db, project, { first: checkFirst(first), deleted, after: after ? readPosition(after) : undefined });
    return toPage(rows, first, ({ updatedAt, id }) => encodeCursor([updatedAt.getTime(), id]), () => countReports(db, project, deleted));
  }

  @Query(() => Report, { nullable: true, description: 'Also a deleted one. null when there is none.' })
  async report(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Of the report.' }) id: string): Promise<ReportRow | null> {
    return (await context.load(findReports, id.toLowerCase())) ?? null;
  }

  @Mutation(() => ReportPayload, { description: 'Writes a new report.' })
  async createReport(@Ctx() { db }: Context, @Arg('input', () => CreateReportInput, { description: 'Title and text.' }) { project: projectName, title, body }: CreateReportInput): Promise<ReportPayload> {
    const problems = [...checkName('project', projectName), ...checkTitle(title), ...checkBody(body)];
    if (problems.length > 0) return refuse(...problems);
    const project = await ensureProject(db, projectName);
    const report = await insertReport(db, { projectId: project.id, title, body });
    return report ? asPayload(report) : refuse(userError('project', 'TOO_MANY_REPORTS', `Project "${projectName}" has ${mostReports} reports, which is all it may have. Delete one first.`));
  }

  @Mutation(() => ReportPayload, { description: 'Changes title and text, if nobody else has since expectedVersion. Writing once more what is stored already changes nothing and succeeds.' })
  async updateReport(@Ctx() { db }: Context, @Arg('input', () => UpdateReportInput, { description: 'The report and its changes.' }) { id, expectedVersion, title, body, keepBefore }: UpdateReportInput): Promise<ReportPayload> {
    const problems = [...(typeof title === 'string' ? checkTitle(title) : []), ...(typeof body === 'string' ? checkBody(body) : [])];
    if (problems.length > 0) return refuse(...problems);
    return answer(await updateReport(db, id, expectedVersion, { title: title ?? undefined, body: body ?? undefined, keep: keepBefore }), id, expectedVersion);
  }

  @Mutation(() => ReportPayload, { description: 'Makes an earlier text the text of the report again; the one it had goes into the history.' })
  async restoreReportVersion(@Ctx() { db }: Context, @Arg('input', () => RestoreReportVersionInput, { description: 'Which text of which report.' }) { id, version, expectedVersion }: RestoreReportVersionInput): Promise<ReportPayload> {
    const kept = await findKeptVersion(db, id, version);
    if (!kept) return refuse(userError('version', 'VERSION_UNKNOWN', `Version ${version} of report ${id} is not in its history. List what is with report { history { version } }.`));
    return answer(await updateReport(db, id, expectedVersion, { title: kept.title, body: kept.body, keep: true }), id, expectedVersion);
  }

  @Mutation(() => ReportPayload, { description: 'Puts a report out of sight, its link too. restoreReport brings it back until collectGarbage removes it for good.' })
  async deleteReport(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the report.' }) id: string): Promise<ReportPayload> {
    return asPayload(await markReportDeleted(db, id, true), id);
  }

  @Mutation(() => ReportPayload, { description: 'Brings a deleted report back, under the link it had.' })
  async restoreReport(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the report.' }) id: string): Promise<ReportPayload> {
    return asPayload(await markReportDeleted(db, id, false), id);
  }

  @FieldResolver(() => String, { description: 'Markdown.' })
  async body(@Root() report: ReportRow | ListedReport, @Ctx() context: Context): Promise<string> {
    return 'body' in report ? report.body : loadExisting(context, findReportBodies, report.id);
  }

  @FieldResolver(() => Project, { description: 'The project whose runs it is about.' })
  project(@Root() { projectId }: ReportRow, @Ctx() context: Context): Promise<ProjectRow> {
    return loadExisting(context, findProjects, projectId);
  }

  @FieldResolver(() => [ReportVersion], { description: 'Earlier texts, newest first.' })
  history(@Root() { id }: ReportRow, @Ctx() context: Context): Promise<KeptVersion[]> {
    return loadExisting(context, findKeptVersions, id);
  }

  @FieldResolver(() => ReportVersion, { name: 'historyVersion', nullable: true, description: 'One earlier text; null when it is not in the history.' })
  historyVersion(@Root() { id }: ReportRow, @Ctx() { db }: Context, @Arg('version', () => Int, { description: 'Out of the history.' }) version: number): Promise<ReportVersionRow | null> {
    return findKeptVersion(db, id, version);
  }
}

@Resolver(() => ReportVersion)
class ReportVersionResolver {
  @FieldResolver(() => String, { description: 'Its Markdown then. Ask for it with historyVersion rather than of the whole history.' })
  async body(@Root() kept: KeptVersion | ReportVersionRow, @Ctx() { db }: Context): Promise<string> {
    return 'body' in kept ? kept.body : ((await findKeptVersion(db, kept.reportId, kept.version))?.body ?? '');
  }
}

function answer(updated: UpdatedReport, id: string, expectedVersion: number): ReportPayload {
  if (updated.ok) return asPayload(updated.report);
  if (updated.reason === 'REPORT_UNKNOWN') return refuse(unknownReport(id));
  return { ...refuse(conflict(updated.current.version, expectedVersion)), current: updated.current as Report };
}

const conflict = (version: number, expectedVersion: number): UserError =>
  userError('expectedVersion', 'CONFLICT', `Somebody else changed the report: it is version ${version}, and you changed version ${expectedVersion}. Put both texts together and write again with expectedVersion ${version}.`);

function readPosition(after: string): ReportPosition {
  const [millis, id] = decodeCursor(after);
  if (typeof millis === 'number' && Number.isSafeInteger(millis) && typeof id === 'string') return { updatedAt: new Date(millis), id };
  throw badInput('after is no cursor of this list. Pass pageInfo.endCursor of its previous page.');
}

export const reportResolvers = [ReportResolver, ReportVersionResolver] as const;
