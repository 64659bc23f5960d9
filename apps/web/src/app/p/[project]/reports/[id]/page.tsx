import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ReportPageDocument } from '../../../../../generated/graphql';
import { serverQuery } from '../../../../../graphql/server-query';
import { ReportPage } from '../../../../../reports/editor/report-page';

interface Props { params: Promise<{ id: string }> }

const readReport = cache((id: string) => serverQuery(ReportPageDocument, { id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readReport((await params).id))?.report?.title ?? 'Report' };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  const seed = await readReport(id);
  if (seed && !seed.report) notFound();
  return <ReportPage id={id} seed={seed} />;
}
