import type { Metadata } from 'next';
import { ComparePage } from '../../../../compare/compare-page';
import { CompareDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';

export const metadata: Metadata = { title: 'Compare' };

interface Props { params: Promise<{ project: string }>; searchParams: Promise<{ runs?: string }> }

export default async function Page({ params, searchParams }: Props) {
  const project = decodeURIComponent((await params).project);
  const ids = ((await searchParams).runs ?? '').split(',').filter(Boolean);
  return <ComparePage ids={ids} seed={await serverQuery(CompareDocument, { project, ids })} />;
}
