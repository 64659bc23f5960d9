import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { SharedReportDocument } from '../../../generated/graphql';
import { serverQuery } from '../../../graphql/server-query';
import { SharedReportPage } from '../../../reports/share/shared-report-page';

interface Props { params: Promise<{ token: string }> }

const readReport = cache((token: string) => serverQuery(SharedReportDocument, { token }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const report = (await readReport((await params).token))?.sharedReport;
  // Whoever has the link may read it; search engines have no link of their own.
  const robots = { index: false, follow: false };
  return report ? { title: report.title, openGraph: { title: report.title, type: 'article', siteName: 'Thaw', modifiedTime: report.updatedAt }, robots, referrer: 'no-referrer' } : { title: 'No report', robots };
}

export default async function Page({ params }: Props) {
  const { token } = await params;
  const seed = await readReport(token);
  if (seed && !seed.sharedReport) notFound();
  return <SharedReportPage token={token} seed={seed} />;
}
