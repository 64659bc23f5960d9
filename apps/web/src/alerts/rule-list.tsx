'use client';

import { useMutation } from '@apollo/client/react';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { UpdateAlertRuleDocument, type RuleFragment } from '../generated/graphql';
import { TimeAgo } from '../format/time';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useNotify } from '../ui/notices';
import { Switch } from '../ui/switch';
import { ruleText } from './rule-text';

export function RuleList({ rules, onEdit, onDelete }: { rules: readonly RuleFragment[]; onEdit: (rule: RuleFragment) => void; onDelete: (rule: RuleFragment) => void }) {
  return (
    <ul aria-label="Rules" className="divide-y">
      {rules.map((rule) => (
        <li key={rule.id} className="flex items-center gap-3 px-3 py-2">
          <RuleSwitch rule={rule} />
          <div className="min-w-0 flex-1">
            <p className="font-medium break-words">{rule.name}</p>
            <p className="text-xs break-words text-muted">
              {rule.name !== ruleText(rule) && <>{ruleText(rule)} · </>}
              {rule.webhooks.length > 0 ? `to ${rule.webhooks.map(({ name }) => name).join(', ')}` : <span className="text-warning">recorded here, sent nowhere</span>}
              {rule.lastAlertAt && <> · last <TimeAgo at={rule.lastAlertAt} /></>}
            </p>
          </div>
          <Menu trigger={<Button variant="ghost" size="icon" aria-label={`Actions for rule ${rule.name}`}><Ellipsis aria-hidden /></Button>}>
            <MenuItem onSelect={() => onEdit(rule)}><Pencil aria-hidden />Change</MenuItem>
            <MenuItem danger onSelect={() => onDelete(rule)}><Trash2 aria-hidden />Delete</MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  );
}

function RuleSwitch({ rule: { id, name, enabled } }: { rule: RuleFragment }) {
  const notify = useNotify();
  const [update, { loading }] = useMutation(UpdateAlertRuleDocument);
  const change = async (next: boolean) => {
    try {
      const { data } = await update({ variables: { input: { id, enabled: next } } });
      const errors = data?.updateAlertRule.userErrors ?? [];
      if (errors.length > 0) notify(errors.map(({ message }) => message).join(' '), 'danger');
    } catch (error) {
      notify(`${name} could not be switched: ${(error as Error).message}`, 'danger');
    }
  };
  return <Switch label={`Rule ${name}`} checked={enabled} disabled={loading} onChange={(next) => void change(next)} />;
}
