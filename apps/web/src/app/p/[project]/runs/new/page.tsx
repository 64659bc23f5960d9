import type { Metadata } from 'next';
import { LaunchFormDocument, ParentRunDocument } from '../../../../../generated/graphql';
import { serverQuery } from '../../../../../graphql/server-query';
import { LaunchPage } from '../../../../../launch/launch-page';
import { asParent } from '../../../../../launch/parent';

export const metadata: Metadata = { title: 'New run' };

interface Props { params: Promise<{ project: string }>; searchParams: Promise<{ clone?: string; dataset?: string; backbone?: string }> }

export default async function Page({ params, searchParams }: Props) {
  const project = decodeURIComponent((await params).project);
  const { clone, dataset, backbone } = await searchParams;
  const [seed, parent] = await Promise.all([
    serverQuery(LaunchFormDocument, { project }),
    clone ? serverQuery(ParentRunDocument, { id: clone }) : null,
  ]);
  return <LaunchPage key={clone ?? 'new'} seed={seed} parent={parent?.run ? asParent(parent.run) : null} dataset={dataset} backbone={backbone} />;
}
