import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ShellDocument } from '../../../generated/graphql';
import { serverQuery } from '../../../graphql/server-query';
import { Shell } from '../../../shell/shell';

export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Promise<{ project: string }> }) {
  const project = decodeURIComponent((await params).project);
  const data = await serverQuery(ShellDocument, {});
  // "default" is created by the first thing put into it, so its pages are there before it is.
  if (data && project !== 'default' && !data.projects.nodes.some(({ name }) => name === project)) notFound();
  return <Shell project={project} seed={data}>{children}</Shell>;
}
