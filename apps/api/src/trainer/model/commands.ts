import { endStatuses, type RunEvent, type RunStatus } from '@thaw/run-states';
import fc from 'fast-check';
import { commandFor, currentClaim, happen, isRunning, type Model, type ModelRun, nextFor } from './model';
import type { QueueUnderTest } from './queue-under-test';

type Command = fc.AsyncCommand<Model, QueueUnderTest>;

/** check: whether it can be said at all; run: says it, and compares the answer with the model's. */
const command = (name: string, run: (model: Model, queue: QueueUnderTest) => Promise<void>, check: (model: Model) => boolean = () => true): Command => ({
  check,
  async run(model, queue) {
    await run(model, queue);
    await compare(model, queue);
  },
  toString: () => name,
});

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!;

const launch = (priority: number, label: string | null): Command =>
  command(`launch(${priority}, ${label})`, async (model, queue) => {
    const id = await queue.launch(priority, label);
    model.runs.push({ id, kind: 'MANAGED', status: 'QUEUED', priority, label, cancelRequestedAt: false, pauseRequestedAt: false, finishRequestedAt: false, attempt: 1, lostInARow: 0, endReason: null, checkpoint: 0, claims: [] });
  }, ({ runs }) => runs.length < 12);

const claim = (trainer: number): Command =>
  command(`claim(t${trainer})`, async (model, queue) => {
    const expected = nextFor(model, trainer);
    const { run, leaseToken, userErrors } = await queue.claim(queue.trainerIds[trainer]!);
    expect({ id: run?.id, userErrors }).toEqual({ id: expected?.id, userErrors: [] });
    if (!expected) return;
    happen(expected, 'claim');
    expected.claims.push({ token: leaseToken!, trainer, outcome: null });
  });

const asked = { pause: 'pauseRun', resume: 'resumeRun', finishEarly: 'finishRunEarly', cancel: 'cancelRun' } as const;
/** Asking for what is so already is no mistake. */
const isSo: Record<keyof typeof asked, (run: ModelRun) => boolean> = {
  pause: ({ status }) => status === 'PAUSED',
  resume: ({ status }) => status === 'QUEUED' || status === 'RUNNING',
  finishEarly: ({ finishRequestedAt }) => finishRequestedAt,
  cancel: ({ cancelRequestedAt }) => cancelRequestedAt,
};

const ask = (event: keyof typeof asked, index: number): Command =>
  command(`${event}(${index})`, async (model, queue) => {
    const run = pick(model.runs, index);
    const so = isSo[event](run);
    const done = happen(run, event);
    const { userErrors } = await queue.ask(asked[event], run.id);
    expect(userErrors.length > 0).toBe(!done && !so);
  }, ({ runs }) => runs.length > 0);

/** Something that the trainer of a running run does. */
const work = (name: string, index: number, run: (run: ModelRun, token: string, model: Model, queue: QueueUnderTest) => Promise<void>): Command =>
  command(`${name}(${index})`, async (model, queue) => {
    const chosen = pick(model.runs.filter(isRunning), index);
    await run(chosen, currentClaim(chosen).token, model, queue);
  }, ({ runs }) => runs.some(isRunning));

const beat = (index: number): Command =>
  work('beat', index, async (run, token, model, queue) => {
    const { command: told, userErrors } = await queue.beat(queue.trainerIds[currentClaim(run).trainer]!, run.id, token);
    expect({ told, userErrors }).toEqual({ told: commandFor(model, run), userErrors: [] });
  });

const settle = (index: number, outcome: RunStatus, endReason: string): Command =>
  work(`settle ${outcome}`, index, async (run, token, _model, queue) => {
    expect((await queue.settle(run.id, token, outcome, endReason)).userErrors).toEqual([]);
    end(run, 'settle', outcome === 'CANCELLED' ? 'CANCELLED' : 'SETTLED', { outcome, endReason });
  });

const release = (index: number): Command =>
  work('release', index, async (run, token, _model, queue) => {
    expect((await queue.release(run.id, token)).userErrors).toEqual([]);
    end(run, 'release', null);
  });

const crash = (index: number, outOfMemory: boolean): Command =>
  work(`crash ${outOfMemory ? 'out of memory' : ''}`, index, async (run, token, _model, queue) => {
    expect((await queue.release(run.id, token, { outOfMemory })).userErrors).toEqual([]);
    end(run, 'crash', 'CRASHED', { endReason: outOfMemory ? 'OUT_OF_MEMORY' : 'TRAINER_LOST' });
  });

const expire = (index: number): Command =>
  work('expire', index, async (run, _token, _model, queue) => {
    await queue.expire(run.id);
    end(run, 'expire', 'EXPIRED', { endReason: 'TRAINER_LOST' });
  });

/** outcome null: told by where the run went. */
function end(run: ModelRun, event: RunEvent, outcome: string | null, details: Parameters<typeof happen>[2] = {}): void {
  happen(run, event, details);
  currentClaim(run).outcome = outcome ?? { QUEUED: 'RELEASED', PAUSED: 'PAUSED', CANCELLED: 'CANCELLED' }[run.status as 'QUEUED'];
}

const checkpoint = (index: number, ahead: number): Command =>
  work(`checkpoint +${ahead}`, index, async (run, token, _model, queue) => {
    const epoch = run.checkpoint + ahead;
    expect((await queue.checkpoint(run.id, token, epoch)).userErrors).toEqual([]);
    // The same again is no progress.
    if (ahead > 0 || run.checkpoint === 0) run.lostInARow = 0;
    run.checkpoint = epoch;
  });

const stale = ['beat', 'settle', 'release', 'checkpoint', 'metrics', 'log', 'artifact'] as const;

/** A trainer that was away says something about a run that it no longer has. */
const staleWrite = (what: (typeof stale)[number], index: number): Command =>
  command(`stale ${what}(${index})`, async (model, queue) => {
    const { run, claim: lost } = pick(lostClaims(model), index);
    const { userErrors } = await {
      beat: () => queue.beat(queue.trainerIds[lost.trainer]!, run.id, lost.token),
      settle: () => queue.settle(run.id, lost.token, 'FINISHED', 'COMPLETED'),
      release: () => queue.release(run.id, lost.token),
      checkpoint: () => queue.checkpoint(run.id, lost.token, 99),
      metrics: () => queue.metrics(run.id, lost.token),
      log: () => queue.log(run.id, lost.token),
      artifact: () => queue.artifact(run.id, lost.token),
    }[what]();
    // An answer that was lost may be asked for again, and changes nothing then.
    const repeats = (what === 'release' && lost.outcome !== 'EXPIRED' && lost.outcome !== 'SETTLED') || (what === 'settle' && run.status === 'FINISHED' && lost === currentClaim(run));
    expect(userErrors.map(({ code }) => code)).toEqual(repeats ? [] : [expect.stringMatching(/^(LEASE_LOST|RUN_ENDED)$/)]);
    expect(await queue.countStale()).toBe(0);
  }, (model) => lostClaims(model).length > 0);

const lostClaims = ({ runs }: Model) => runs.flatMap((run) => run.claims.flatMap((each) => (each.outcome === null ? [] : [{ run, claim: each }])));

const drain = (trainer: number, handBack: boolean): Command =>
  command(`drain(t${trainer}, ${handBack})`, async (model, queue) => {
    await queue.drain(queue.trainerIds[trainer]!, handBack);
    Object.assign(model.trainers[trainer]!, { draining: true, handBack });
  });

const resumeTrainer = (trainer: number): Command =>
  command(`resume(t${trainer})`, async (model, queue) => {
    await queue.resumeTrainer(queue.trainerIds[trainer]!);
    Object.assign(model.trainers[trainer]!, { draining: false, handBack: false });
  });

/** The whole queue is as the model says, whatever was said. */
async function compare({ runs }: Model, queue: QueueUnderTest): Promise<void> {
  const seen = await queue.look(runs.map(({ id }) => id));
  const waiting = runs.filter(({ status }) => status === 'QUEUED').sort((a, b) => b.priority - a.priority);
  expect(seen.map(({ claims, cancelRequestedAt, pauseRequestedAt, finishRequestedAt, checkpoints, ...run }) => ({
    ...run,
    wishes: [cancelRequestedAt, pauseRequestedAt, finishRequestedAt].map((at) => at !== null),
    claims: claims.map(({ outcome, endedAt, trainer }) => ({ outcome, open: endedAt === null, trainer: queue.trainerIds.indexOf(trainer.id) })),
    latest: checkpoints.filter(({ latest }) => latest).map(({ epoch }) => epoch),
  }))).toEqual(runs.map((run) => ({
    id: run.id,
    status: run.status,
    endReason: run.endReason,
    attempt: run.attempt,
    lostInARow: run.lostInARow,
    waiting: run.status === 'QUEUED' ? { ahead: waiting.indexOf(run) } : null,
    wishes: [run.cancelRequestedAt, run.pauseRequestedAt, run.finishRequestedAt],
    claims: run.claims.map(({ outcome, trainer }) => ({ outcome, open: outcome === null, trainer })).reverse(),
    latest: run.checkpoint > 0 ? [run.checkpoint] : [],
  })));
  for (const { status, claims } of seen) expect(claims.filter(({ endedAt }) => endedAt === null).length).toBe(status === 'RUNNING' ? 1 : 0);
  expect(seen.filter(({ status, endReason }) => (endReason !== null) !== endStatuses.includes(status as RunStatus))).toEqual([]);
}

const index = fc.nat({ max: 11 });
const trainer = fc.nat({ max: 2 });
const some = <Values extends unknown[]>(make: (...values: Values) => Command, ...values: { [Key in keyof Values]: fc.Arbitrary<Values[Key]> }): fc.Arbitrary<Command> => fc.tuple(...(values as fc.Arbitrary<unknown>[])).map((given) => make(...(given as Values)));

/** Those that make others possible come more often. */
export const commands: fc.Arbitrary<Command>[] = [
  ...Array(3).fill(some(launch, fc.integer({ min: -1, max: 1 }), fc.constantFrom(null, null, 'lab', 'wasm', 'gpu'))),
  ...Array(4).fill(some(claim, trainer)),
  some(beat, index),
  ...(['pause', 'resume', 'finishEarly', 'cancel'] as const).map((event) => some((at: number) => ask(event, at), index)),
  some((at: number, [status, reason]: [RunStatus, string]) => settle(at, status, reason), index, fc.constantFrom<[RunStatus, string]>(['FINISHED', 'COMPLETED'], ['FINISHED', 'EARLY_STOPPED'], ['FAILED', 'ERROR'], ['CANCELLED', 'CANCELLED'])),
  some(release, index),
  some(crash, index, fc.boolean()),
  ...Array(2).fill(some(expire, index)),
  some(checkpoint, index, fc.constantFrom(0, 1, 1, 2)),
  ...Array(2).fill(some(staleWrite, fc.constantFrom(...stale), index)),
  some(drain, trainer, fc.boolean()),
  some(resumeTrainer, trainer),
];
