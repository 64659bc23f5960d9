import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { RunPageDocument } from '../../../../../generated/graphql';
import { serverQuery } from '../../../../../graphql/server-query';
import { RunPage } from '../../../../../run/run-page';

interface Props { params: Promise<{ id: string }> }

const readRun = cache((id: string) => serverQuery(RunPageDocument, { id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readRun((await params).id))?.run?.name ?? 'Run' };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  const seed = await readRun(id);
  if (seed && !seed.run) notFound();
  return <RunPage id={id} seed={seed} />;
}
