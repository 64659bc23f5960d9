import type { ProjectRow, WebhookRow } from '@thaw/db';
import type { RaisedAlert } from '@thaw/db/queries/alert/hand-on-alerts';
import { describeAlert, messageTypes } from './describe-alert';

/** Of a stack trace; the whole of it is on the run's page. */
const longestError = 500;

/** The body that is sent, the same in every attempt. */
export function writeMessage({ alert, rule, run, project }: RaisedAlert, format: WebhookRow['format'], publicUrl: string): string {
  const text = describeAlert(rule, alert.facts);
  const url = `${publicUrl}/p/${encodeURIComponent(project.name)}/runs/${run.id}`;
  // A rule that is named after what it watches for would say it twice.
  const title = text.startsWith(rule.name) ? '' : rule.name;
  if (format === 'SLACK') return JSON.stringify({ text: `${title && `*${slackText(title)}*: `}<${url}|${slackText(run.name)}> ${slackText(text)}` });
  if (format === 'DISCORD') return discordBody(`${title && `**${discordText(title)}**: `}[${discordText(run.name)}](${url}) ${discordText(text)}`);
  const { key, value, step, since, minutes, best, bestRunId } = alert.facts;
  return JSON.stringify({
    type: messageTypes[rule.kind],
    timestamp: alert.at.toISOString(),
    data: {
      text: `${run.name} ${text}`,
      alertId: alert.id,
      project: { id: project.id, name: project.name },
      run: { id: run.id, name: run.name, url, status: run.status, endReason: run.endReason, error: run.error?.slice(0, longestError) ?? null },
      rule: { id: rule.id, name: rule.name, kind: rule.kind },
      metric: key === undefined || value === undefined ? null : { key, value, step, ...(rule.kind === 'METRIC_CROSSED' ? { direction: rule.direction, threshold: rule.threshold, points: rule.points, since } : {}) },
      minutes: minutes ?? null,
      best: best === undefined ? null : { value: best, runId: bestRunId },
    },
  });
}

export function writePing(project: ProjectRow, { id, name, format }: WebhookRow, publicUrl: string): string {
  const text = `Thaw reaches this webhook. Alerts of project ${project.name} will arrive here.`;
  if (format === 'SLACK') return JSON.stringify({ text: slackText(text) });
  if (format === 'DISCORD') return discordBody(discordText(text));
  return JSON.stringify({
    type: 'webhook.ping',
    timestamp: new Date().toISOString(),
    data: { text, project: { id: project.id, name: project.name, url: `${publicUrl}/p/${encodeURIComponent(project.name)}/alerts` }, webhook: { id, name } },
  });
}

/** Slack reads these three as markup. */
const slackText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const discordText = (text: string) => text.replace(/[\\*_~`|[\]<>@#]/g, '\\$&');
/** Nobody is called by name, whatever a run is named. */
const discordBody = (content: string) => JSON.stringify({ content: content.slice(0, 2000), allowed_mentions: { parse: [] } });
