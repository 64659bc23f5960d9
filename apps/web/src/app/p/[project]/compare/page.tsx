import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { ComparePage } from '../../../../compare/compare-page';
import { loadSelection, selectionVariables } from '../../../../compare/selection';
import { CompareDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';

export const metadata: Metadata = { title: 'Compare' };

interface Props { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const project = decodeURIComponent((await params).project);
  return <ComparePage seed={await serverQuery(CompareDocument, { project, ...selectionVariables(await loadSelection(searchParams)) })} />;
}
