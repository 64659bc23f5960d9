import type { Metadata } from 'next';
import { BackbonesPage } from '../../../../backbones/backbones-page';
import { BackbonesDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';

export const metadata: Metadata = { title: 'Backbones' };

export default async function Page() {
  return <BackbonesPage seed={await serverQuery(BackbonesDocument, {})} />;
}
