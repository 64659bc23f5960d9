import { lookup } from 'node:dns';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { forbiddenAddress, type PrivateWebhooks } from './forbidden-address';
import { hostOf } from './webhook-address';

export interface Message {
  /** webhook-id: what a receiver knows a message by that it has seen before. */
  id: string;
  address: string;
  body: string;
  /** All of them sign. */
  secrets: readonly string[];
}

export type Sent = { answered: true; status: number; excerpt: string; retryAfterSeconds: number | null } | { answered: false; error: string };

export const timeoutMs = 15_000;
const longestExcerpt = 1_000;

/** One POST, signed as Standard Webhooks says. Redirects are not followed: they might lead anywhere. */
export async function sendMessage({ id, address, body, secrets }: Message, privateWebhooks: PrivateWebhooks, signal: AbortSignal): Promise<Sent> {
  const now = new Date();
  const url = new URL(address);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'thaw-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': Math.floor(now.getTime() / 1000),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
  const host = hostOf(url);
  const forbidden = isIP(host) ? forbiddenAddress(host, privateWebhooks) : null;
  if (forbidden) return { answered: false, error: forbidden };
  try {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // No agent: a connection kept open could lead to where the name no longer does.
    const asked = send(url, { method: 'POST', headers, agent: false, lookup: checkedLookup(privateWebhooks), signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    return await answerOf(asked, body);
  } catch (error) {
    return { answered: false, error: explain(error as Error & { code?: string }, url) };
  }
}

function answerOf(asked: ClientRequest, body: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', (response) => {
      response.on('error', reject);
      readExcerpt(response).then((excerpt) => {
        resolve({ answered: true, status: response.statusCode!, excerpt, retryAfterSeconds: readRetryAfter(response.headers['retry-after']) });
        asked.destroy();
      }, reject);
    });
    asked.end(body);
  });
}

async function readExcerpt(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    if ((size += (chunk as Buffer).length) >= longestExcerpt) break;
  }
  // What Postgres takes as text has no NUL.
  return Buffer.concat(chunks).subarray(0, longestExcerpt).toString('utf8').replaceAll('\0', '\uFFFD');
}

function readRetryAfter(header: string | undefined): number | null {
  if (!header) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** Checks the very address that is connected to, so that a name cannot mean another one a moment later. */
const checkedLookup = (privateWebhooks: PrivateWebhooks): LookupFunction => (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const forbidden = addresses.map(({ address }) => forbiddenAddress(address, privateWebhooks)).find((why) => why !== null);
    if (forbidden) return callback(Object.assign(new Error(`${hostname} leads there: ${forbidden}`), { code: 'ADDRESS_FORBIDDEN' }), []);
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

/** Never with the address in it: its path may be a password. */
function explain({ code, name, message }: Error & { code?: string }, { host }: URL): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${host}.`;
    case 'ENOTFOUND':
      return `There is no host ${host}.`;
    case 'ECONNRESET':
      return `${host} broke the connection off.`;
    case 'ADDRESS_FORBIDDEN':
      return message;
  }
  if (name === 'TimeoutError' || name === 'AbortError') return `${host} did not answer within ${timeoutMs / 1000} seconds.`;
  return `${host} could not be reached: ${code ?? message}`;
}
