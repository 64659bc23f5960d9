import type { Metadata } from 'next';
import { AlertsPage } from '../../../../alerts/alerts-page';
import { AlertsDocument } from '../../../../generated/graphql';
import { serverQuery } from '../../../../graphql/server-query';

export const metadata: Metadata = { title: 'Alerts' };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const project = decodeURIComponent((await params).project);
  return <AlertsPage seed={await serverQuery(AlertsDocument, { project })} />;
}
