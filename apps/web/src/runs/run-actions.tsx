'use client';

import { useMutation } from '@apollo/client/react';
import { Ban, Copy, Ellipsis, ExternalLink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { CancelRunDocument, type RunRowFragment } from '../generated/graphql';
import { useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useNotify } from '../ui/notices';
import { isActive } from './run-status';

export function useCancelRun() {
  const notify = useNotify();
  const [cancel, { loading }] = useMutation(CancelRunDocument);
  const cancelRun = async ({ id, name, kind }: Pick<RunRowFragment, 'id' | 'name' | 'kind'>) => {
    try {
      const { data } = await cancel({ variables: { id } });
      const errors = data?.cancelRun.userErrors ?? [];
      notify(errors.length > 0 ? errors.map(({ message }) => message).join(' ') : kind === 'EXTERNAL' ? `The script of ${name} is asked to stop; it does when it looks.` : `${name} is being cancelled.`, errors.length > 0 ? 'danger' : 'info');
    } catch (error) {
      notify(`${name} could not be cancelled: ${(error as Error).message}`, 'danger');
    }
  };
  return { cancelRun, cancelling: loading };
}

export function RunMenu({ run }: { run: RunRowFragment }) {
  const router = useRouter();
  const path = useProjectPath();
  const { cancelRun } = useCancelRun();
  return (
    <Menu trigger={<Button variant="ghost" size="icon" className="size-6!" aria-label={`Actions for ${run.name}`}><Ellipsis aria-hidden /></Button>}>
      <MenuItem onSelect={() => router.push(path('runs', run.id))}><ExternalLink aria-hidden />Open</MenuItem>
      {run.kind === 'MANAGED' && <MenuItem onSelect={() => router.push(`${path('runs', 'new')}?clone=${run.id}`)}><Copy aria-hidden />Clone</MenuItem>}
      <MenuItem danger disabled={!isActive(run.status)} onSelect={() => void cancelRun(run)}><Ban aria-hidden />Cancel run</MenuItem>
    </Menu>
  );
}
