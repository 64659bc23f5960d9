import type { Metadata } from 'next';
import { TryPage } from '../../../../../../try/try-page';

export const metadata: Metadata = { title: 'Try the model' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <TryPage id={(await params).id} />;
}
