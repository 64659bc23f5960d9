import { hostname } from 'node:os';
import type { Env } from '../env';

const everywhere = new Set(['0.0.0.0', '::', '[::]']);

/** Where links in messages lead, without a slash at its end. */
export function publicUrl({ THAW_PUBLIC_URL, HOST, PORT }: Pick<Env, 'THAW_PUBLIC_URL' | 'HOST' | 'PORT'>): string {
  if (THAW_PUBLIC_URL) return THAW_PUBLIC_URL.replace(/\/+$/, '');
  const host = everywhere.has(HOST) ? hostname() : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}
