'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { RestoredNote } from '../draft/restored-note';
import { useDraft } from '../draft/use-draft';
import { AlertsDocument, CreateAlertRuleDocument, UpdateAlertRuleDocument, type AlertsQuery, type RuleFragment } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { describedBy, Field, SelectInput, TextInput } from '../ui/fields';
import { KeyInput } from './key-input';
import { draftOf, emptyDraft, nameOf, settingsOf, shows, type RuleDraft } from './rule-draft';
import { kindLabels, kinds, reasonLabels } from './rule-text';

interface RuleDialogProps { open: boolean; onOpenChange: (open: boolean) => void; rule: RuleFragment | null; webhooks: AlertsQuery['webhooks'] }

/** rule: the one to change; null: a new one. */
export function RuleDialog({ open, onOpenChange, rule, webhooks }: RuleDialogProps) {
  return (
    <Dialog wide open={open} onOpenChange={onOpenChange} title={rule ? 'Change the rule' : 'New rule'} description="It tells of what happens from the moment it is saved.">
      <RuleForm rule={rule} webhooks={webhooks} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

const ownFields = new Set(['name', 'key', 'direction', 'threshold', 'points', 'minutes']);

function RuleForm({ rule, webhooks, onDone }: Omit<RuleDialogProps, 'open' | 'onOpenChange'> & { onDone: () => void }) {
  const project = useProject();
  const { draft, change: changeDraft, forget, reset, restored } = useDraft<RuleDraft>(`alert-rule:${project}:${rule?.id ?? 'new'}`, rule ? draftOf(rule) : emptyDraft);
  const [errors, setErrors] = useState<{ field?: string | null; message: string }[]>([]);
  const [create, creating] = useMutation(CreateAlertRuleDocument, { refetchQueries: [AlertsDocument] });
  const [update, updating] = useMutation(UpdateAlertRuleDocument);
  const change = (part: Partial<RuleDraft>) => {
    changeDraft(part);
    setErrors([]);
  };
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const marks = (id: string, field: string, help?: unknown) => ({ 'aria-invalid': Boolean(errorOf(field)), 'aria-describedby': describedBy(id, help, errorOf(field)) });
  const shown = shows(draft);
  const others = errors.filter(({ field }) => !field || !ownFields.has(field));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const settings = { ...settingsOf(draft), name: nameOf(draft) };
    try {
      const answer = rule
        ? (await update({ variables: { input: { id: rule.id, ...settings } } })).data?.updateAlertRule
        : (await create({ variables: { input: { project, kind: draft.kind, ...settings } } })).data?.createAlertRule;
      if (!answer?.rule) return setErrors(answer?.userErrors ?? []);
      forget();
      onDone();
    } catch (error) {
      setErrors([{ message: (error as Error).message }]);
    }
  };
  const toggle = <Value,>(list: readonly Value[], value: Value) => (list.includes(value) ? list.filter((each) => each !== value) : [...list, value]);

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <RestoredNote restored={restored} onReset={reset} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="rule-kind" label="Tell me when">
          <SelectInput id="rule-kind" value={draft.kind} disabled={rule !== null} onChange={(event) => change({ kind: event.target.value as RuleDraft['kind'] })}>
            {kinds.map((kind) => <option key={kind} value={kind}>{kindLabels[kind]}</option>)}
          </SelectInput>
        </Field>
        <Field id="rule-name" label="Name" error={errorOf('name')} help="It stands first in each message.">
          <TextInput id="rule-name" value={draft.name} placeholder={nameOf(draft)} onChange={(event) => change({ name: event.target.value })} {...marks('rule-name', 'name', true)} />
        </Field>
        {shown.key && (
          <Field id="rule-key" label={shown.keyIsOptional ? 'Metric (optional)' : 'Metric'} error={errorOf('key')} help={draft.kind === 'RUN_STALLED' ? 'Default: any, but those of the machine (system/…).' : shown.keyIsOptional ? 'Default: any.' : undefined}>
            <KeyInput id="rule-key" value={draft.key} placeholder={shown.keyIsOptional ? 'any' : 'val/loss'} onChange={(key) => change({ key })} {...marks('rule-key', 'key', shown.keyIsOptional)} />
          </Field>
        )}
        {shown.direction && (
          <Field id="rule-direction" label={shown.threshold ? 'Side' : 'Better is'} error={errorOf('direction')}>
            <SelectInput id="rule-direction" value={draft.direction} onChange={(event) => change({ direction: event.target.value as RuleDraft['direction'] })}>
              <option value="ABOVE">{shown.threshold ? 'above the threshold' : 'higher'}</option>
              <option value="BELOW">{shown.threshold ? 'below the threshold' : 'lower'}</option>
            </SelectInput>
          </Field>
        )}
        {shown.threshold && (
          <>
            <Field id="rule-threshold" label="Threshold" error={errorOf('threshold')}>
              <TextInput id="rule-threshold" inputMode="decimal" value={draft.threshold} placeholder="0.9" onChange={(event) => change({ threshold: event.target.value })} {...marks('rule-threshold', 'threshold')} />
            </Field>
            <Field id="rule-points" label="Points in a row" error={errorOf('points')} help="More than one overlooks single outliers.">
              <TextInput id="rule-points" inputMode="numeric" value={draft.points} onChange={(event) => change({ points: event.target.value })} {...marks('rule-points', 'points', true)} />
            </Field>
          </>
        )}
        {shown.minutes && (
          <Field id="rule-minutes" label="Minutes" error={errorOf('minutes')}>
            <TextInput id="rule-minutes" inputMode="numeric" value={draft.minutes} onChange={(event) => change({ minutes: event.target.value })} {...marks('rule-minutes', 'minutes')} />
          </Field>
        )}
      </div>
      {shown.threshold && <Check checked={draft.firstOnly} onChange={(firstOnly) => change({ firstOnly })}>Only the first time in each run</Check>}
      {shown.endReasons.length > 0 && (
        <Choices legend="Only when it ended so" note="None: however it ended.">
          {shown.endReasons.map((reason) => <Check key={reason} checked={draft.endReasons.includes(reason)} onChange={() => change({ endReasons: toggle(draft.endReasons, reason) })}>{reasonLabels[reason]}</Check>)}
        </Choices>
      )}
      {webhooks.length > 0 && (
        <Choices legend="Send to" note="None: to every webhook, later ones too.">
          {webhooks.map(({ id, name }) => <Check key={id} checked={draft.webhookIds.includes(id)} onChange={() => change({ webhookIds: toggle(draft.webhookIds, id) })}>{name}</Check>)}
        </Choices>
      )}
      {others.length > 0 && <Callout tone="danger" title="The rule was not saved"><ul className={others.length > 1 ? 'list-disc pl-4' : undefined}>{others.map(({ message }) => <li key={message}>{message}</li>)}</ul></Callout>}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={creating.loading || updating.loading}>{rule ? 'Save' : 'Add rule'}</Button>
      </div>
    </form>
  );
}

function Choices({ legend, note, children }: { legend: string; note: string; children: React.ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">{children}</div>
      <p className="text-xs text-faint">{note}</p>
    </fieldset>
  );
}

function Check({ checked, onChange, children }: { checked: boolean; onChange: (checked: boolean) => void; children: React.ReactNode }) {
  return <label className="flex items-center gap-2"><input type="checkbox" className="size-3.5 accent-(--accent)" checked={checked} onChange={(event) => onChange(event.target.checked)} />{children}</label>;
}
