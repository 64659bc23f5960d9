import { Client } from '../client';
import { Sender } from './send/sender';
import { adopt, listSpool } from './spool/adopt';
import type { Journal } from './spool/journal';
import { SpoolUsage } from './spool/usage';

export interface SyncOptions {
  folder: string;
  /** Where to send everything; default: where each run was logged to. */
  url?: string;
  token?: string;
  /** How long to go on while nothing arrives, in milliseconds. */
  patienceMs: number;
}

export interface SyncReport {
  sent: { runId: string; url: string }[];
  /** Still in the spool. */
  kept: { runId: string; url: string; reason: string }[];
  /** A process that lives logs to them, and sends them itself. */
  inUse: { runId: string; pid: number; host: string }[];
  problems: string[];
}

/** Sends what processes that are gone have left in a spool folder. */
export async function syncSpool({ folder, url, token, patienceMs }: SyncOptions): Promise<SyncReport> {
  const report: SyncReport = { sent: [], kept: [], inUse: [], problems: [] };
  const usage = new SpoolUsage(Number.POSITIVE_INFINITY);
  const open = new Map<Journal, string>();
  const senders = new Map<string, Sender>();
  let reason = 'the API did not answer in time';
  let progressAt = performance.now();
  const senderFor = (to: string): Sender => {
    let sender = senders.get(to);
    if (sender) return sender;
    sender = new Sender(new Client({ url: to, token, retryForMs: 0 }), {
      problem: (journal, _code, message) => report.problems.push(`${journal.runId}: ${message}`),
      away: (why) => { reason = why; },
      arrived: () => { progressAt = performance.now(); },
      settled: (journal) => {
        if (journal.refused) journal.setAside();
        else report.sent.push({ runId: journal.runId, url: to });
        open.delete(journal);
      },
    });
    senders.set(to, sender);
    return sender;
  };

  for (const file of await listSpool(folder)) {
    if (!file.left) {
      report.inUse.push({ runId: file.runId, pid: file.owner.pid, host: file.owner.host });
      continue;
    }
    const journal = await adopt(file, usage, () => true).catch((error: Error) => {
      report.kept.push({ runId: file.runId, url: 'an API that could not be read', reason: error.message });
      return null;
    });
    if (!journal) continue;
    const to = url ?? journal.header.url;
    open.set(journal, to);
    senderFor(to).offer(journal);
  }
  while (open.size > 0 && performance.now() - progressAt < patienceMs) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const [{ runId }, to] of open) report.kept.push({ runId, url: to, reason });
  await Promise.all([...senders.values()].map((sender) => sender.close()));
  return report;
}
