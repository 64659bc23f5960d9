import type { Metadata } from 'next';
import { ReportsDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';
import { ReportsPage } from '../../../../reports/reports-page';
import { reportsLoaded } from '../../../../reports/reports-loaded';

export const metadata: Metadata = { title: 'Reports' };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const project = decodeURIComponent((await params).project);
  return <ReportsPage seed={await serverQuery(ReportsDocument, { project, first: reportsLoaded })} />;
}
