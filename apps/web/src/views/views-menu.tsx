'use client';

import { useQuery } from '@apollo/client/react';
import { Bookmark, Check, Pencil, Plus, RotateCcw, Save, Star, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { SavedViewsDocument, type ViewFactsFragment, type ViewPage } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { useViewChanges } from './use-view-changes';

const ViewDialog = dynamic(() => import('./view-dialog').then((module) => module.ViewDialog), { ssr: false });

interface ViewsMenuProps {
  page: ViewPage;
  /** The page as it is now: its query string, without the view. */
  state: string;
  /** Id of the view it began from. */
  current: string | null;
  /** state null: the page stays as it is, under the name of that view. */
  onOpen: (view: string | null, state: string | null) => void;
}

/** The project's views of a page: to open one, to save what one sees, to choose the one a visit begins with. */
export function ViewsMenu({ page, state, current, onOpen }: ViewsMenuProps) {
  const project = useProject();
  const { data, error } = useQuery(SavedViewsDocument, { variables: { project, page }, fetchPolicy: 'cache-and-network' });
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const { create, update, remove } = useViewChanges(page);
  const views = data?.savedViews ?? [];
  const view = views.find(({ id }) => id === current) ?? null;
  const isChanged = view !== null && view.state !== state;

  return (
    <>
      <Menu trigger={<Button aria-label={`Views${view ? `: ${view.name}${isChanged ? ', with unsaved changes' : ''}` : ''}`}><Bookmark aria-hidden /><span className="max-w-40 truncate">{view?.name ?? 'Views'}</span>{isChanged && <span aria-hidden title="Unsaved changes" className="size-2 rounded-full bg-warning" />}</Button>}>
        {error && <p role="alert" className="px-2 py-1.5 text-danger">The views could not be read.</p>}
        {views.map((each) => <ViewItem key={each.id} view={each} isCurrent={each === view} onOpen={() => onOpen(each.id, each.state)} />)}
        {views.length === 0 && !error && <p className="px-2 py-1.5 text-muted">No view is saved yet.</p>}
        <MenuItem onSelect={() => onOpen('none', '')}><RotateCcw aria-hidden />As at first</MenuItem>
        <MenuSeparator />
        {isChanged && <MenuItem onSelect={() => void update({ id: view.id, state })}><Save aria-hidden />Save the changes to “{view.name}”</MenuItem>}
        {isChanged && <MenuItem onSelect={() => onOpen(view.id, view.state)}><RotateCcw aria-hidden />Drop the changes</MenuItem>}
        <MenuItem onSelect={() => setNaming('new')}><Plus aria-hidden />Save as a new view …</MenuItem>
        {view && <MenuItem onSelect={() => setNaming('rename')}><Pencil aria-hidden />Rename …</MenuItem>}
        {view && <MenuItem onSelect={() => void update({ id: view.id, isDefault: !view.isDefault })}><Star aria-hidden />{view.isDefault ? 'No longer open the page with it' : 'Open the page with it'}</MenuItem>}
        {view && <MenuItem danger onSelect={() => void remove(view).then((gone) => gone && onOpen(null, null))}><Trash2 aria-hidden />Delete</MenuItem>}
      </Menu>
      {naming && (
        <ViewDialog title={naming === 'new' ? 'Save this view' : 'Rename the view'} draftKey={`view:${project}:${page}:${naming}`} start={naming === 'rename' ? view!.name : ''} onClose={() => setNaming(null)}
          onSave={async (name) => {
            if (naming === 'rename') return (await update({ id: view!.id, name })).problem;
            const { made, problem } = await create(name, state);
            if (made) onOpen(made.id, null);
            return problem;
          }} />
      )}
    </>
  );
}

function ViewItem({ view, isCurrent, onOpen }: { view: ViewFactsFragment; isCurrent: boolean; onOpen: () => void }) {
  return (
    <MenuItem onSelect={onOpen} aria-current={isCurrent || undefined}>
      <Check aria-hidden className={isCurrent ? undefined : 'opacity-0'} /><span className="max-w-60 truncate">{view.name}</span>{view.isDefault && <span className="ml-auto text-xs text-muted">opens first</span>}
    </MenuItem>
  );
}
