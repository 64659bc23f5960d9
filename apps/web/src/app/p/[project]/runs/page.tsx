import type { Metadata } from 'next';
import { RunsDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';
import { runsLoaded } from '../../../../runs/runs-loaded';
import { RunsPage } from '../../../../runs/runs-page';

export const metadata: Metadata = { title: 'Runs' };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const project = decodeURIComponent((await params).project);
  return <RunsPage seed={await serverQuery(RunsDocument, { project, first: runsLoaded })} />;
}
