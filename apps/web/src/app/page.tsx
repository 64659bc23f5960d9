import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { ShellDocument } from '../generated/graphql';
import { serverQuery } from '../graphql/server-query';
import { Unreachable } from '../shell/unreachable';

export default async function Home() {
  const data = await serverQuery(ShellDocument, {});
  if (!data) return <Unreachable />;
  const last = (await cookies()).get('thaw-project')?.value;
  const names = data.projects.nodes.map((project) => project.name);
  const name = names.find((candidate) => candidate === last) ?? names.find((candidate) => candidate === 'demo') ?? names[0] ?? 'default';
  redirect(`/p/${encodeURIComponent(name)}/runs`);
}
