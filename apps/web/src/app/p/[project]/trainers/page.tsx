import type { Metadata } from 'next';
import { TrainersDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';
import { TrainersPage } from '../../../../trainers/trainers-page';

export const metadata: Metadata = { title: 'Trainers' };

export default async function Page() {
  return <TrainersPage seed={await serverQuery(TrainersDocument, {})} />;
}
