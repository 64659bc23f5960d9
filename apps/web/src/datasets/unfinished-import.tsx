'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { plural } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Panel } from '../ui/panel';
import type { Picked } from './picked-files';
import { type FolderHandle, keptFolder, readFolder } from './upload/folder-handle';
import { continueImport, endUnfinished, pauseImport, useImportSession } from './upload/import-session';
import { useUnfinished } from './upload/unfinished';
import { UploadProgressView } from './upload-progress';

/** What became of the last import: it goes on in the background, or a reload broke it off. */
export function UnfinishedImport({ onChoose, onPick }: { onChoose: () => void; onPick: (picked: Picked) => void }) {
  const client = useApolloClient();
  const project = useProject();
  const session = useImportSession();
  const unfinished = useUnfinished(project);
  const folder = useKeptFolder(project, unfinished !== null && session === null);
  if (session) {
    if (session.status === 'done') return <Callout tone="info" title={`${session.made!.name} is imported`} actions={<Button size="sm" onClick={onChoose}>Show</Button>}>{plural(session.made!.pictures, 'picture')} in {plural(session.made!.classes, 'class', 'classes')}.</Callout>;
    if (session.status === 'failed') return <Callout tone="danger" title={`${session.wanted.name} was not imported`} actions={<Button size="sm" onClick={onChoose}>Show</Button>}>{session.outcome?.errors[0]?.message}</Callout>;
    return (
      <Panel title={`Import of ${session.wanted.name}`} actions={<Button size="sm" variant="ghost" onClick={onChoose}>Show</Button>}>
        <UploadProgressView progress={session.progress} paused={session.status === 'paused'} onPause={pauseImport} onContinue={() => continueImport(client)} checking="Reading and checking every picture …" />
      </Panel>
    );
  }
  if (!unfinished) return null;
  const goOn = async () => {
    const allowed = folder && (await folder.requestPermission({ mode: 'read' })) === 'granted';
    if (allowed) onPick(await readFolder(folder));
    else onChoose();
  };
  return (
    <Callout tone="info" title={`${unfinished.name}: ${unfinished.stored} of ${unfinished.files} files are stored`} actions={
      <span className="flex flex-wrap justify-end gap-2">
        <Button size="sm" variant="primary" onClick={() => void goOn()}>{folder ? 'Go on' : 'Choose it again'}</Button>
        <Button size="sm" onClick={() => endUnfinished(project)}>Discard</Button>
      </span>
    }>
      {folder ? 'Its upload broke off.' : `Its upload broke off. Choose ${unfinished.top} again to go on; what is stored is not sent again.`}
    </Callout>
  );
}

function useKeptFolder(project: string, wanted: boolean): FolderHandle | null {
  const [folder, setFolder] = useState<FolderHandle | null>(null);
  useEffect(() => {
    if (!wanted) return setFolder(null);
    let over = false;
    void keptFolder(project).then((found) => !over && setFolder(found ?? null));
    return () => void (over = true);
  }, [project, wanted]);
  return folder;
}
