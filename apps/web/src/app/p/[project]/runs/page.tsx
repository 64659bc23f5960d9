import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { AnyDatasetDocument, AnyRunDocument, RunTableDocument, SavedViewsDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';
import { inSight } from '../../../../runs/bulk/archived';
import { columnsOf, metricKeysOf, orderOf } from '../../../../runs/table/columns';
import { pageSize } from '../../../../runs/table/run-pages';
import { loadTable } from '../../../../runs/table/table-address';
import { RunsPage } from '../../../../runs/runs-page';

export const metadata: Metadata = { title: 'Runs' };

interface PageProps { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: PageProps) {
  const project = decodeURIComponent((await params).project);
  const { q, archived, sort, dir, cols } = await loadTable(searchParams);
  const variables = { project, search: q.trim() || null, filter: inSight(archived), orderBy: orderOf(sort, dir), first: pageSize, offset: 0, keys: metricKeysOf(columnsOf(cols)) };
  const saysNothing = Object.keys(await searchParams).length === 0;
  const [data, views] = await Promise.all([serverQuery(RunTableDocument, variables), saysNothing ? serverQuery(SavedViewsDocument, { project, page: 'RUNS' }) : null]);
  const first = views?.savedViews.find(({ isDefault }) => isDefault);
  if (first) redirect(`/p/${encodeURIComponent(project)}/runs?${[first.state, `view=${first.id}`].filter(Boolean).join('&')}`);
  const [runs, datasets] = data?.runs.totalCount === 0 ? await Promise.all([serverQuery(AnyRunDocument, { project }), serverQuery(AnyDatasetDocument, { project })]) : [];
  return <RunsPage seed={data && { rows: data.runs.nodes, total: data.runs.totalCount, isEmpty: runs?.runs.nodes.length === 0, datasets: datasets?.datasets.nodes.length !== 0 }} />;
}
