'use client';

import { useSubscription } from '@apollo/client/react';
import { Images, Play, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { BackboneChangedDocument, LaunchFormDocument, type LaunchFormQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { plural } from '../format/numbers';
import { constraintWords, constraintsOf, draftOfQueue, priorityOf, queueProblems, type QueueDraft } from '../queue/fitting';
import { QueueFields } from '../queue/queue-fields';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { Callout } from '../ui/callout';
import { describedBy, Field, SelectInput, TextArea, TextInput } from '../ui/fields';
import { useNotify } from '../ui/notices';
import { EmptyState, PageHeader, Panel } from '../ui/panel';
import { PageWaiting } from '../ui/page-waiting';
import { BackboneChoice } from './backbone-choice';
import { ChangeList } from './change-list';
import { HyperparameterInput } from './hyperparameter-input';
import { changesFromParent, draftProblems, emptyDraft, fieldGroups, isRelevant, valuesFromConfig, type LaunchDraft } from './launch-draft';
import { useDraft } from '../draft/use-draft';
import { useLaunch } from './use-launch';
import type { Parent } from './parent';

interface LaunchPageProps { seed: LaunchFormQuery | null; parent: Parent | null; dataset?: string; backbone?: string }

export function LaunchPage({ seed, parent, dataset, backbone }: LaunchPageProps) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(LaunchFormDocument, { project }, seed);
  useSubscription(BackboneChangedDocument, { ignoreResults: true });
  if (!data) return <PageWaiting title="New run" error={error} retry={refetch} />;
  if (data.datasets.nodes.length === 0) {
    return <EmptyState heading="h1" icon={<Images />} title="A run needs a dataset" actions={<ButtonLink href={path('datasets')} variant="primary">Import a dataset</ButtonLink>}>This project has none yet. Import a folder or zip of pictures, one folder per class.</EmptyState>;
  }
  return <LaunchForm data={data} parent={parent} start={parent ? draftOf(parent) : defaults(data, dataset, backbone)} />;
}

const draftOf = (parent: Parent): Partial<LaunchDraft> => ({
  dataset: parent.dataset.dataset.name, backbone: parent.backbone.name, tags: parent.tags.join(', '), values: valuesFromConfig(parent.config), queue: draftOfQueue(parent),
});

/** What was asked for in the address, else the newest dataset and the first backbone that is here. */
function defaults({ datasets, backbones }: LaunchFormQuery, dataset?: string, backbone?: string): Partial<LaunchDraft> {
  const ready = backbones.find(({ status }) => status === 'READY') ?? backbones[0];
  return { dataset: dataset ?? datasets.nodes[0]!.name, backbone: backbone ?? ready?.name ?? '' };
}

function LaunchForm({ data, parent, start }: { data: LaunchFormQuery; parent: Parent | null; start: Partial<LaunchDraft> }) {
  const project = useProject();
  const path = useProjectPath();
  const router = useRouter();
  const notify = useNotify();
  const { draft, change, forget, reset, restored } = useDraft<LaunchDraft>(`launch:${project}:${parent?.id ?? 'new'}`, { ...emptyDraft, ...start });
  const { launch, busy, errors, forgetError } = useLaunch(project, parent);
  const problems = draftProblems(draft.values);
  const wrong = Object.keys(problems).length + Object.keys(queueProblems(draft.queue)).length;
  const changes = parent ? changesOf(parent, draft) : [];
  const changedKeys = new Set(changes.map(({ key }) => key));
  const dataset = data.datasets.nodes.find(({ name }) => name === draft.dataset);

  const set = (part: Partial<LaunchDraft>) => {
    for (const key of Object.keys(part)) forgetError(key);
    change(part);
  };
  const setValue = (name: string, value: string | boolean) => {
    forgetError(name);
    change({ values: { ...draft.values, [name]: value } });
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const focusFirstProblem = () => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    if (wrong > 0) return focusFirstProblem();
    const run = await launch(draft);
    if (!run) return void setTimeout(focusFirstProblem);
    forget();
    notify(`${run.name} is queued.`);
    router.push(path('runs', run.id));
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mx-auto flex max-w-5xl flex-col gap-4 pb-20">
      <PageHeader title={parent ? `Clone ${parent.name}` : 'New run'} lead={parent ? 'Starts as its parent. Change what you want to try, then launch.' : undefined}>
        {restored && <Button variant="ghost" onClick={reset}><RotateCcw aria-hidden />Start over</Button>}
      </PageHeader>
      {errors[''] && <Callout tone="danger" title="The run was not launched">{errors['']}</Callout>}

      <Panel title="What to train">
        <div className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field id="dataset" label="Dataset" error={errors.dataset} help={dataset && `${plural(dataset.latestVersion.classes.length, 'class', 'classes')}, ${plural(dataset.latestVersion.trainCount, 'training picture')}, ${plural(dataset.latestVersion.valCount, 'validation picture')}`}>
              <SelectInput id="dataset" value={draft.dataset} onChange={(event) => set({ dataset: event.target.value })} aria-invalid={Boolean(errors.dataset)} aria-describedby={describedBy('dataset', dataset, errors.dataset)}>
                {!dataset && <option value={draft.dataset}>{draft.dataset ? `${draft.dataset} (not in this project)` : 'Choose a dataset'}</option>}
                {data.datasets.nodes.map(({ id, name }) => <option key={id} value={name}>{name}</option>)}
              </SelectInput>
            </Field>
            <Field id="run-name" label="Run name" error={errors.name} help="Left empty, the run gets a name.">
              <TextInput id="run-name" value={draft.name} onChange={(event) => set({ name: event.target.value })} aria-invalid={Boolean(errors.name)} aria-describedby={describedBy('run-name', true, errors.name)} placeholder={parent ? `${parent.name}-2` : 'head-only'} />
            </Field>
          </div>
          <BackboneChoice backbones={data.backbones} value={draft.backbone} error={errors.backbone} onChange={(backbone) => set({ backbone })} />
        </div>
      </Panel>

      {fieldGroups.map(({ group, fields }) => {
        const relevant = fields.filter((field) => isRelevant(field, draft.values));
        return (
          <Panel key={group} title={group}>
            <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
              {relevant.map((field) => (
                <HyperparameterInput key={field.name} field={field} values={draft.values} changed={changedKeys.has(field.name)}
                  error={problems[field.name] ?? errors[field.name]} onChange={(value) => setValue(field.name, value)} />
              ))}
            </div>
          </Panel>
        );
      })}

      <WhereItRuns draft={draft.queue} errors={errors} onChange={(part) => {
        for (const key of Object.keys(part)) forgetError(key);
        change({ queue: { ...draft.queue, ...part } });
      }} />

      <Panel title="Notes">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field id="tags" label="Tags" error={errors.tags} help="Separated by commas or spaces."><TextInput id="tags" value={draft.tags} onChange={(event) => set({ tags: event.target.value })} aria-describedby="tags-help" /></Field>
          <Field id="notes" label="Notes" error={errors.notes}><TextArea id="notes" rows={2} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} placeholder="What do you want to find out?" /></Field>
        </div>
      </Panel>

      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-3 border-t bg-canvas px-4 py-3 md:-mx-6 md:px-6">
        {parent && (
          <section aria-label="Changes from the parent" className="min-w-0 flex-1 text-xs">
            {changes.length === 0 ? <p className="text-muted">Nothing changed against {parent.name} yet.</p> : <ChangeList changes={changes} />}
          </section>
        )}
        <p className="ml-auto text-xs text-danger" role="status">{wrong > 0 ? `${plural(wrong, 'value needs', 'values need')} your attention` : ''}</p>
        <ButtonLink href={path('runs')} variant="ghost">Cancel</ButtonLink>
        <Button type="submit" variant="primary" busy={busy}>{!busy && <Play aria-hidden />}Launch run</Button>
      </div>
    </form>
  );
}

/** Folded while any trainer will do: most people have one. */
function WhereItRuns({ draft, errors, onChange }: { draft: QueueDraft; errors: Partial<Record<keyof QueueDraft, string>>; onChange: (part: Partial<QueueDraft>) => void }) {
  const problems = queueProblems(draft);
  const priority = problems.priority ? 0 : priorityOf(draft);
  const words = Object.keys(problems).length > 0 ? null : constraintWords(constraintsOf(draft));
  const [open, setOpen] = useState(words !== null || priority !== 0);
  const refused = (['priority', 'labels', 'memoryGiB', 'trainer'] as const).some((name) => errors[name]);
  return (
    <section aria-label="Where it runs" className="min-w-0 rounded-lg border bg-panel">
      <details open={open || refused} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-10 flex-wrap items-center gap-x-3 px-3 py-1.5">
          <h2 className="text-[13px] font-semibold">Where it runs</h2>
          <span className="text-xs text-muted">{words ?? 'any trainer'}, priority {priority}</span>
        </summary>
        <div className="border-t p-3">{(open || refused) && <QueueFields draft={draft} onChange={onChange} errors={errors} />}</div>
      </details>
    </section>
  );
}

function changesOf(parent: Parent, draft: LaunchDraft) {
  const inputs = [['dataset', parent.dataset.dataset.name, draft.dataset], ['backbone', parent.backbone.name, draft.backbone]] as const;
  return [...inputs.flatMap(([key, before, after]) => (before === after ? [] : [{ key, before, after }])), ...changesFromParent(parent.config, draft.values)];
}
