'use client';

import { countWords } from '@thaw/config';
import { Play, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, type FormEvent } from 'react';
import type { LaunchFormQuery } from '../generated/graphql';
import { useDraft } from '../draft/use-draft';
import { plural } from '../format/numbers';
import { queueProblems } from '../queue/fitting';
import { useProject, useProjectPath } from '../shell/project-context';
import { Suggestions } from '../suggest/suggestions';
import { Button, ButtonLink } from '../ui/button';
import { Callout } from '../ui/callout';
import { describedBy, Field, TextArea, TextInput } from '../ui/fields';
import { useNotify } from '../ui/notices';
import { PageHeader, Panel } from '../ui/panel';
import { BackboneChoice } from './backbone-choice';
import { ChangeList } from './change-list';
import { DatasetChoice } from './dataset-choice';
import { EstimateWords } from './estimate-words';
import { HyperparameterGroups } from './hyperparameter-groups';
import { changesFromParent, draftGrid, draftProblems, emptyDraft, expandDraft, shownValue, withChanges, fieldGroups, type LaunchDraft } from './launch-draft';
import type { Parent } from './parent';
import type { Prefill } from './prefill';
import { PresetChoice } from './preset-choice';
import { RunList } from './run-list';
import { useEstimate } from './use-estimate';
import { useLaunch } from './use-launch';
import { WhereItRuns } from './where-it-runs';

const freeze = fieldGroups.flatMap(({ fields }) => fields).find(({ name }) => name === 'freeze')!;

/** A draft for each thing a form is about: another clone, or another address, is another one. */
function draftKey(project: string, parent: Parent | null, { dataset, backbone, values }: Prefill): string {
  const asked = Object.keys(values).length > 0 || dataset || backbone ? `:${JSON.stringify([dataset, backbone, values])}` : '';
  return `launch:${project}:${parent?.id ?? 'new'}${asked}`;
}

interface LaunchFormProps { data: LaunchFormQuery; parent: Parent | null; start: Partial<LaunchDraft>; prefill: Prefill }

export function LaunchForm({ data, parent, start, prefill }: LaunchFormProps) {
  const project = useProject();
  const path = useProjectPath();
  const router = useRouter();
  const notify = useNotify();
  const { draft, change, forget, reset, restored } = useDraft<LaunchDraft>(draftKey(project, parent, prefill), { ...emptyDraft, ...start });
  const { launch, busy, errors, unconfirmed, forgetError } = useLaunch(project, parent);
  const problems = useMemo(() => draftProblems(draft.values), [draft.values]);
  const expanded = useMemo(() => expandDraft(draft.values), [draft.values]);
  const runs = expanded.ok && Object.keys(problems).length === 0 ? expanded.runs : null;
  const estimates = useEstimate(project, draft, runs);
  const wrong = Object.keys(problems).length + Object.keys(queueProblems(draft.queue)).length;
  const changes = parent ? changesOf(parent, draft, problems) : null;
  const refusal = unconfirmed ? { title: 'The launch could not be confirmed', why: unconfirmed } : errors[''] ? { title: 'Nothing was launched', why: errors[''] } : null;
  const words = countWords(Object.entries(draftGrid(draft.values).grid).map(([name, values]) => ({ name, values })));

  const set = (part: Partial<LaunchDraft>) => {
    for (const key of Object.keys(part)) forgetError(key);
    change(part);
  };
  const setValues = (values: LaunchDraft['values']) => {
    for (const name of Object.keys(values)) forgetError(name);
    change({ values: { ...draft.values, ...values } });
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const focusFirstProblem = () => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    if (wrong > 0) return focusFirstProblem();
    const launched = await launch(draft, (request) => change({ request }));
    if (!launched) return void setTimeout(focusFirstProblem);
    forget();
    const [first, ...others] = launched.runs;
    notify(others.length > 0 ? `${plural(launched.runs.length, 'run')} are queued.` : `${first!.name} is queued.`);
    router.push(others.length > 0 && launched.tag ? `${path('runs')}?q=${encodeURIComponent(`tag:${launched.tag}`)}` : path('runs', first!.id));
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mx-auto flex max-w-5xl flex-col gap-4 pb-20">
      <PageHeader title={parent ? `Clone ${parent.name}` : 'New run'} lead={parent ? 'Starts as its parent. Change what you want to try, then launch.' : undefined}>
        {restored && <span className="text-xs text-muted">Restored as you left it.</span>}
        {restored && <Button variant="ghost" onClick={reset}><RotateCcw aria-hidden />Start over</Button>}
      </PageHeader>
      {prefill.unknown.length > 0 && <Callout tone="warning" title="The address asks for something unknown">{`There is no hyperparameter in ${prefill.unknown.map((pair) => `set=${pair}`).join(', ')}. Write set=NAME:VALUE, such as set=epochs:40.`}</Callout>}
      {parent && <Suggestions runId={parent.id} ended onApply={(proposed) => set({ values: withChanges(draft.values, proposed) })} />}
      <PresetChoice freeze={shownValue(freeze, draft.values)} onChoose={setValues} />

      <Panel title="What to train">
        <div className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem_minmax(0,1fr)]">
            <DatasetChoice datasets={data.datasets.nodes} draft={draft} errors={errors} onChange={set} />
            <Field id="run-name" label="Run name" error={errors.name} help={words ? 'Before what varies.' : 'Left empty, the run is named after its strategy.'}>
              <TextInput id="run-name" value={draft.name} onChange={(event) => set({ name: event.target.value })} aria-invalid={Boolean(errors.name)} aria-describedby={describedBy('run-name', true, errors.name)} />
            </Field>
          </div>
          <BackboneChoice backbones={data.backbones} value={draft.backbone} error={errors.backbone} onChange={(backbone) => set({ backbone })} />
        </div>
      </Panel>

      <HyperparameterGroups values={draft.values} errors={{ ...errors, ...problems }} changes={changes} onChange={(name, value) => setValues({ [name]: value })} />
      {problems[''] && <Callout tone="danger" title="Too many runs">{problems['']}</Callout>}
      {runs && runs.length > 1 && expanded.ok && <RunList runs={runs} same={expanded.same} words={words} name={draft.name} tag={draft.commonTag} estimates={estimates} onTag={(commonTag) => set({ commonTag })} />}

      <WhereItRuns draft={draft.queue} errors={errors} onChange={(part) => {
        for (const key of Object.keys(part)) forgetError(key);
        change({ queue: { ...draft.queue, ...part } });
      }} />

      <Panel title="Notes">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field id="tags" label="Tags" error={errors.tags} help="Separated by commas or spaces."><TextInput id="tags" value={draft.tags} onChange={(event) => set({ tags: event.target.value })} aria-invalid={Boolean(errors.tags)} aria-describedby={describedBy('tags', true, errors.tags)} /></Field>
          <Field id="notes" label="Notes" error={errors.notes}><TextArea id="notes" rows={2} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} aria-invalid={Boolean(errors.notes)} aria-describedby={describedBy('notes', false, errors.notes)} placeholder="What do you want to find out?" /></Field>
        </div>
      </Panel>

      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-canvas px-4 py-3 md:-mx-6 md:px-6">
        {/* Beside the button that was pressed: the page's top may be far away. */}
        {refusal && <div className="w-full"><Callout tone="danger" title={refusal.title}>{refusal.why}</Callout></div>}
        <div className="flex w-full min-w-0 flex-col gap-1 sm:w-auto sm:flex-1">
          {parent && changes && (
            <section aria-label="Changes from the parent" className="max-h-24 overflow-y-auto text-xs">
              {changes.length === 0 ? <p className="text-muted">Nothing changed against {parent.name} yet.</p> : <ChangeList changes={changes} />}
            </section>
          )}
          {runs && runs.length > 1 && <p className="num text-xs font-medium">{runs.length} runs: {words}</p>}
          {estimates && runs && <EstimateWords estimates={estimates} />}
        </div>
        <p className="text-xs text-danger" role="status">{wrong > 0 ? `${plural(wrong, 'value needs', 'values need')} your attention` : ''}</p>
        <ButtonLink href={path('runs')} variant="ghost">Cancel</ButtonLink>
        <Button type="submit" variant="primary" busy={busy}>{!busy && <Play aria-hidden />}{runs && runs.length > 1 ? `Launch ${runs.length} runs` : 'Launch run'}</Button>
      </div>
    </form>
  );
}

function changesOf(parent: Parent, draft: LaunchDraft, problems: Record<string, string>) {
  const inputs = [['dataset', parent.dataset.dataset.name, draft.dataset], ['backbone', parent.backbone.name, draft.backbone]] as const;
  const version = draft.dataset === parent.dataset.dataset.name && draft.datasetVersion !== String(parent.dataset.version) ? [{ key: 'datasetVersion', before: parent.dataset.version, after: draft.datasetVersion || 'latest' }] : [];
  return [...inputs.flatMap(([key, before, after]) => (before === after ? [] : [{ key, before, after }])), ...version, ...changesFromParent(parent.config, draft.values, problems)];
}
