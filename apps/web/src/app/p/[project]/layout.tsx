import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ShellDocument } from '../../../generated/graphql';
import { serverQuery } from '../../../graphql/server-query';
import { Shell } from '../../../shell/shell';

interface Props { children: ReactNode; params: Promise<{ project: string }> }

/** Pages of two projects in two tabs are told apart. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = decodeURIComponent((await params).project);
  return { title: { template: `%s · ${project} · Thaw`, default: `${project} · Thaw` } };
}

export default async function ProjectLayout({ children, params }: Props) {
  const project = decodeURIComponent((await params).project);
  const data = await serverQuery(ShellDocument, {});
  // "default" is created by the first thing put into it, so its pages are there before it is.
  if (data && project !== 'default' && !data.projects.nodes.some(({ name }) => name === project)) notFound();
  return <Shell project={project} seed={data}>{children}</Shell>;
}
