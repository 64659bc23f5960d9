'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RestoreRunsDocument } from '../generated/graphql';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';

/** Says that a run is in the trash, for whoever came by its address, and brings it back. */
export function DeletedRun({ id, onRestored }: { id: string; onRestored: () => void }) {
  const [restore, { loading }] = useMutation(RestoreRunsDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const bringBack = async () => {
    try {
      const { data } = await restore({ variables: { ids: [id] } });
      const refused = data!.restoreRuns.userErrors.map(({ message }) => message).join(' ');
      setProblem(refused || null);
      if (!refused) onRestored();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <Callout tone="warning" title="This run is deleted" actions={<Button size="sm" busy={loading} onClick={() => void bringBack()}>Bring it back</Button>}>
      {problem ?? 'It is in no list, and is removed for good when the trash is emptied.'}
    </Callout>
  );
}
