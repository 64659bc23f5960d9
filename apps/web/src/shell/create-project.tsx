'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { RestoredNote } from '../draft/restored-note';
import { useDraft } from '../draft/use-draft';
import { CreateProjectDocument, ShellDocument } from '../generated/graphql';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/fields';
import { projectPath } from './project-context';

export function CreateProject({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const { draft: { name, description }, change, reset, restored } = useDraft('project:new', { name: '', description: '' });
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
      reset();
      router.push(projectPath(project.name, 'runs'));
    } catch (error) {
      setProblem(`${(error as Error).message}`);
    }
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New project" description="A project holds datasets and the runs you compare with each other.">
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        <RestoredNote restored={restored} onReset={reset} />
        <Field id="project-name" label="Name" error={problem}>
          <TextInput id="project-name" value={name} onChange={(event) => { change({ name: event.target.value }); setProblem(null); }} aria-invalid={problem !== null} aria-describedby={problem ? 'project-name-error' : undefined} autoFocus />
        </Field>
        <Field id="project-description" label="Description (optional)">
          <TextInput id="project-description" value={description} onChange={(event) => change({ description: event.target.value })} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={loading}>Create project</Button>
        </div>
      </form>
    </Dialog>
  );
}
