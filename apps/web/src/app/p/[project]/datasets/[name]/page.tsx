import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DatasetPage } from '../../../../../datasets/dataset-page';
import { DatasetPageDocument } from '../../../../../generated/graphql';
import { serverQuery } from '../../../../../graphql/server-query';

interface Props { params: Promise<{ project: string; name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { project, name } = await params;
  const variables = { project: decodeURIComponent(project), name: decodeURIComponent(name) };
  const seed = await serverQuery(DatasetPageDocument, variables);
  if (seed && !seed.dataset) notFound();
  return <DatasetPage name={variables.name} seed={seed} />;
}
