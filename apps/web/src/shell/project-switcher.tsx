'use client';

import { useMutation } from '@apollo/client/react';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { CreateProjectDocument, ShellDocument, type ShellQuery } from '../generated/graphql';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/fields';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { projectPath } from './project-context';

export function ProjectSwitcher({ project, projects }: { project: string; projects: ShellQuery['projects']['nodes'] }) {
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <Menu align="start" trigger={
        <button type="button" aria-label={`Project ${project}, switch project`} className="flex w-full min-w-0 items-center gap-2 rounded-md border bg-panel px-2 py-1.5 text-left font-medium hover:bg-hover">
          <span aria-hidden className="grid size-5 shrink-0 place-items-center rounded bg-accent text-[11px] font-semibold text-accent-ink uppercase">{project.slice(0, 1)}</span>
          <span className="min-w-0 flex-1 truncate">{project}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
        </button>
      }>
        {projects.map(({ id, name, runCount }) => (
          <MenuItem key={id} onSelect={() => router.push(projectPath(name, 'runs'))} aria-current={name === project || undefined}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="num text-xs text-faint">{runCount}</span>
            <span aria-hidden className="w-3">{name === project ? '✓' : ''}</span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setCreating(true)}><Plus aria-hidden />New project</MenuItem>
      </Menu>
      <CreateProject open={creating} onOpenChange={setCreating} />
    </>
  );
}

function CreateProject({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading }] = useMutation(CreateProjectDocument, { refetchQueries: [ShellDocument], awaitRefetchQueries: true });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setProblem('Give the project a name, such as "flowers".');
    try {
      const { data } = await create({ variables: { input: { name: name.trim(), description: description.trim() || null } } });
      const { project, userErrors } = data!.createProject;
      if (!project) return setProblem(userErrors.map(({ message }) => message).join(' '));
      onOpenChange(false);
      setName('');
      setDescription('');
      router.push(projectPath(project.name, 'runs'));
    } catch (error) {
      setProblem(`${(error as Error).message} Nothing was created; try again.`);
    }
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New project" description="A project holds datasets and the runs you compare with each other.">
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        <Field id="project-name" label="Name" error={problem}>
          <TextInput id="project-name" value={name} onChange={(event) => { setName(event.target.value); setProblem(null); }} aria-invalid={problem !== null} aria-describedby={problem ? 'project-name-error' : undefined} autoFocus />
        </Field>
        <Field id="project-description" label="Description (optional)">
          <TextInput id="project-description" value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={loading}>Create project</Button>
        </div>
      </form>
    </Dialog>
  );
}
