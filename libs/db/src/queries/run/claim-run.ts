import type { Database } from '../../connect';
import { type ClaimAnswer, type ClaimRequest, claimRuns } from './claim-runs';

interface Waiting {
  request: ClaimRequest;
  settle(answer: ClaimAnswer): void;
  fail(error: unknown): void;
}

/** Requests of one statement. */
const most = 200;
const mostAttempts = 3;
/** Serialization failure, deadlock, a token that another replica was just noting: another attempt sees things as they are. */
const passing = new Set(['40001', '40P01', '23505']);

const groups = new WeakMap<Database, ReturnType<typeof createGroup>>();

/**
 * The queued run that goes next, now leased to this trainer. Requests that arrive while a statement is under way share the
 * next one: hundreds of trainers that ask at once cost little more than one.
 */
export function claimRun(db: Database, request: ClaimRequest): Promise<ClaimAnswer> {
  let group = groups.get(db);
  if (!group) groups.set(db, (group = createGroup(db)));
  return group(request);
}

function createGroup(db: Database) {
  const waiting: Waiting[] = [];
  let busy = false;
  /** The same request sent twice at once is one request. */
  const named = new Map<string, Promise<ClaimAnswer>>();

  async function work() {
    if (busy) return;
    busy = true;
    try {
      while (waiting.length > 0) await answer(waiting.splice(0, most));
    } finally {
      busy = false;
    }
  }

  async function answer(taken: Waiting[], attempt = 1): Promise<void> {
    try {
      const answers = await claimRuns(db, taken.map(({ request }) => request));
      taken.forEach(({ settle }, index) => settle(answers[index]!));
    } catch (error) {
      // What one of them is refused for holds up nobody else.
      if (taken.length > 1) await Promise.all(taken.map((each) => answer([each])));
      else if (passing.has(codeOf(error)) && attempt < mostAttempts) await answer(taken, attempt + 1);
      else taken[0]!.fail(error);
    }
  }

  const ask = (request: ClaimRequest) =>
    new Promise<ClaimAnswer>((settle, fail) => {
      waiting.push({ request, settle, fail });
      void work();
    });

  return (request: ClaimRequest): Promise<ClaimAnswer> => {
    const name = request.requestId === null ? null : `${request.trainerId} ${request.requestId}`;
    if (name === null) return ask(request);
    const before = named.get(name);
    if (before) return before;
    const asked = ask(request).finally(() => named.delete(name));
    named.set(name, asked);
    return asked;
  };
}

/** drizzle wraps what Postgres said. */
const codeOf = (error: unknown): string => ((error as { cause?: { code?: string } }).cause ?? (error as { code?: string })).code ?? '';
