import { isIP } from 'node:net';
import type { WebhookRow } from '@thaw/db';
import { userError, type UserError } from '../errors';
import { forbiddenAddress, type PrivateWebhooks } from './forbidden-address';

const longest = 2000;
const example = 'https://hooks.example.org/thaw';

/** Names are looked up when a message is sent; what they lead to is checked then. */
export function checkAddress(address: string, privateWebhooks: PrivateWebhooks): UserError[] {
  const refuse = (code: string, message: string) => [userError('url', code, message)];
  if (address.length > longest) return refuse('INVALID_URL', `url has ${address.length} characters; at most ${longest} are taken.`);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return refuse('INVALID_URL', `url must be an http or https address such as ${example}.`);
  const host = hostOf(url);
  const why = isIP(host) ? forbiddenAddress(host, privateWebhooks) : null;
  return why ? refuse('ADDRESS_FORBIDDEN', `url leads to ${why} Give the address of a server that takes webhooks.`) : [];
}

/** IPv6 addresses without their brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** What of an address may be shown: whoever knows the path of a Slack or Discord webhook can post there. */
export function shownAddress(address: string, format: WebhookRow['format']): string {
  const url = new URL(address);
  const login = url.username || url.password ? '…@' : '';
  const secretPath = format !== 'GENERIC' || guessFormat(address) !== 'GENERIC';
  const path = secretPath && url.pathname !== '/' ? `${url.pathname.split('/').slice(0, 2).join('/')}/…` : url.pathname;
  return `${url.protocol}//${login}${url.host}${path}${url.search ? '?…' : ''}`;
}

/** By the two services' own hosts; others that understand their messages have to be named. */
export function guessFormat(address: string): WebhookRow['format'] {
  if (!URL.canParse(address)) return 'GENERIC';
  const { hostname, pathname } = new URL(address);
  if (/(^|\.)slack\.com$/.test(hostname)) return 'SLACK';
  return /(^|\.)discord(app)?\.com$/.test(hostname) && pathname.startsWith('/api/webhooks/') && !pathname.endsWith('/slack') ? 'DISCORD' : 'GENERIC';
}
