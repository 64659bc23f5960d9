import type { Metadata } from 'next';
import { DatasetsPage } from '../../../../datasets/datasets-page';
import { DatasetsDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';

export const metadata: Metadata = { title: 'Datasets' };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const project = decodeURIComponent((await params).project);
  return <DatasetsPage seed={await serverQuery(DatasetsDocument, { project })} />;
}
