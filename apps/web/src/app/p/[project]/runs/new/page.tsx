import type { Metadata } from 'next';
import { LaunchFormDocument, ParentRunDocument } from '../../../../../generated/graphql';
import { serverQuery } from '../../../../../graphql/server-query';
import { LaunchPage } from '../../../../../launch/launch-page';
import { asParent } from '../../../../../launch/parent';
import { readPrefill } from '../../../../../launch/prefill';

export const metadata: Metadata = { title: 'New run' };

interface Props { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ params, searchParams }: Props) {
  const project = decodeURIComponent((await params).project);
  const { clone, ...wanted } = await searchParams;
  const id = Array.isArray(clone) ? clone[0] : clone;
  const [seed, parent] = await Promise.all([
    serverQuery(LaunchFormDocument, { project }),
    id ? serverQuery(ParentRunDocument, { id }) : null,
  ]);
  const prefill = readPrefill(wanted);
  return <LaunchPage key={`${id ?? 'new'} ${JSON.stringify(prefill)}`} seed={seed} parent={parent?.run ? asParent(parent.run) : null} cloneOf={id ?? null} prefill={prefill} />;
}
