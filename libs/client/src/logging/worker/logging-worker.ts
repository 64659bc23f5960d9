import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Client } from '../../client';
import { control, type Destination, type FromWorker, type ToWorker, type WorkerData } from '../messages';
import { PointReader } from '../points';
import { Sender } from '../send/sender';
import { adopt, listSpool } from '../spool/adopt';
import { Journal } from '../spool/journal';
import { fileName, thisProcess } from '../spool/owner';
import { SpoolUsage } from '../spool/usage';
import { environmentFacts, gitCommit } from './environment';
import { Recorder } from './recorder';

/** How long a logged point may be in memory only. */
const flushMs = 200;
/** How long it may be in the page cache only. */
const syncMs = 1_000;
const touchMs = 30_000;

interface LiveRun {
  number: number;
  recorder: Recorder;
  journal: Journal;
  sender: Sender;
  series: number[];
  /** Its end is on its way into the journal. */
  ending?: Promise<void>;
}

/** The thread behind startRun: reads what the script logs, writes it to the spool, sends it. */
export class LoggingWorker {
  readonly #port: MessagePort;
  readonly #control: Int32Array;
  readonly #points: PointReader;
  readonly #owner = thisProcess();
  readonly #runs = new Map<number, LiveRun>();
  readonly #byJournal = new Map<Journal, LiveRun>();
  /** null: of a run that takes nothing more. */
  readonly #series = new Map<number, { recorder: Recorder; key: string } | null>();
  readonly #senders = new Map<string, Sender>();
  readonly #usages = new Map<string, SpoolUsage>();
  #received: ToWorker[] = [];
  #pumping: NodeJS.Immediate | undefined;

  constructor({ port, control: memory }: WorkerData) {
    this.#port = port;
    this.#control = new Int32Array(memory);
    this.#points = new PointReader(() => void Atomics.add(this.#control, control.readSegments, 1));
  }

  start(): void {
    this.#port.on('message', (message: ToWorker) => {
      this.#received.push(message);
      // A start waits for the next round: a short run is over by then, and is sent as one.
      if (message.type === 'end' || message.type === 'drain') this.#pumping ??= setImmediate(() => this.#pump());
    });
    setInterval(() => this.#pump(), flushMs);
    setInterval(() => { for (const { journal } of this.#runs.values()) journal.sync(); }, syncMs);
    setInterval(() => { for (const { journal } of this.#runs.values()) journal.touch(); }, touchMs);
  }

  #pump(): void {
    clearImmediate(this.#pumping);
    this.#pumping = undefined;
    const later: ToWorker[] = [];
    // A point's series and segment were announced before it was written, so one more look finds them.
    do {
      for (let next = receiveMessageOnPort(this.#port); next; next = receiveMessageOnPort(this.#port)) this.#received.push(next.message as ToWorker);
      for (const message of this.#received.splice(0)) if (!this.#define(message)) later.push(message);
    } while (!this.#points.read(this.#take));
    for (const message of later) this.#obey(message);
    for (const run of this.#runs.values()) {
      if (run.ending) continue;
      run.recorder.flush();
      run.sender.offer(run.journal);
    }
  }

  readonly #take = (series: number, step: number, time: number, value: number): boolean => {
    const known = this.#series.get(series);
    known?.recorder.point(known.key, step, time, value);
    return known !== undefined;
  };

  #define(message: ToWorker): boolean {
    if (message.type === 'segment') this.#points.add(message.memory);
    else if (message.type === 'series') this.#addSeries(message);
    else if (message.type === 'run') this.#addRun(message);
    // Before the points of the same moment, which may start the run's journal: until then it is part of the start.
    else if (message.type === 'update') this.#runs.get(message.run)?.recorder.update(message.update);
    else return false;
    return true;
  }

  #obey(message: ToWorker): void {
    if (message.type === 'drain') return void this.#drain(message.withinMs);
    const run = 'run' in message ? this.#runs.get(message.run) : undefined;
    if (!run || run.ending) return;
    if (message.type === 'artifact') run.recorder.artifact(message.artifact);
    else if (message.type === 'end') {
      run.ending = run.recorder.end(message.end);
      void run.ending.then(() => run.sender.offer(run.journal));
    }
  }

  #addSeries({ series, run: number, key }: Extract<ToWorker, { type: 'series' }>): void {
    const run = this.#runs.get(number);
    run?.series.push(series);
    this.#series.set(series, run ? { recorder: run.recorder, key } : null);
  }

  #addRun({ run: number, start, script, to }: Extract<ToWorker, { type: 'run' }>): void {
    const tell = (code: string, message: string, count = 1) => this.#tell({ type: 'problem', run: number, code, message, count });
    let sender: Sender;
    try {
      mkdirSync(to.spool, { recursive: true, mode: 0o700 });
    } catch {
      // The first line that is to be written says so.
    }
    const usage = this.#usage(to);
    const journal = new Journal(path.join(to.spool, fileName(start.id, this.#owner)), { version: 1, runId: start.id, url: to.url }, usage);
    try {
      sender = this.#sender(to, usage);
    } catch (error) {
      // A wrong address: everything stays in the spool.
      tell('INVALID_URL', `"${to.url}" is no address of an API (${(error as Error).message}). The run is spooled only. An example of an address: http://127.0.0.1:4000.`);
      sender = this.#sender({ ...to, url: 'http://invalid.invalid' }, usage);
    }
    const recorder = new Recorder({ ...start, gitCommit: gitCommit(script.folder) ?? undefined, environment: environmentFacts(script.command) }, journal, tell);
    const run = { number, recorder, journal, sender, series: [] };
    this.#runs.set(number, run);
    this.#byJournal.set(journal, run);
  }

  #usage({ spool, spoolBytes }: Destination): SpoolUsage {
    let usage = this.#usages.get(spool);
    if (!usage) this.#usages.set(spool, (usage = new SpoolUsage(spoolBytes)));
    usage.diskLimit = spoolBytes;
    return usage;
  }

  /** One for each API. The first one for an address also takes up what earlier processes left for it. */
  #sender({ url, token, spool }: Destination, usage: SpoolUsage): Sender {
    const name = JSON.stringify([url, token, spool]);
    let sender = this.#senders.get(name);
    if (!sender) {
      sender = new Sender(new Client({ url, token, retryForMs: 0 }), {
        problem: (journal, code, message) => {
          const run = this.#byJournal.get(journal);
          this.#tell(run ? { type: 'problem', run: run.number, code, message, count: 1 } : { type: 'warning', message: `Of the earlier run ${journal.runId}: ${message}` });
        },
        settled: (journal) => this.#settled(journal),
        away: (reason) => this.#tell({ type: 'problem', run: null, code: 'API_AWAY', message: `${reason} What is logged is kept in ${spool} and sent when it is back.`, count: 1 }),
      });
      this.#senders.set(name, sender);
      void this.#takeUp(spool, url, usage, sender);
    }
    return sender;
  }

  async #takeUp(folder: string, url: string, usage: SpoolUsage, sender: Sender): Promise<void> {
    const files = await listSpool(folder);
    usage.others = files.filter(({ owner }) => owner.pid !== this.#owner.pid).reduce((sum, { size }) => sum + size, 0);
    for (const file of files.filter(({ left }) => left)) {
      try {
        const journal = await adopt(file, usage, (recorded) => recorded === url);
        if (!journal) continue;
        usage.others -= file.size;
        sender.offer(journal);
      } catch {
        // Another process was quicker, or its disk fails; `thaw sync` tells.
      }
    }
  }

  #settled(journal: Journal): void {
    const run = this.#byJournal.get(journal);
    if (journal.refused) journal.setAside();
    if (!run) return;
    this.#runs.delete(run.number);
    this.#byJournal.delete(journal);
    for (const series of run.series) {
      // The script may not have heard yet that its run was refused, and log on.
      if (journal.refused) this.#series.set(series, null);
      else this.#series.delete(series);
    }
    this.#tell({ type: 'settled', run: run.number, delivered: !journal.refused });
  }

  /** The script's thread is blocked until this is through. */
  async #drain(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    const runs = [...this.#runs.values()];
    for (const { recorder, ending } of runs) if (!ending) recorder.flush();
    await Promise.race([Promise.all(runs.map(({ ending }) => ending)), sleep(Math.max(withinMs, 500))]);
    for (const { journal, sender } of runs) sender.offer(journal);
    while (this.#runs.size > 0 && performance.now() < deadline) await sleep(5);
    for (const { journal } of this.#runs.values()) journal.syncNow();
    Atomics.add(this.#control, control.drained, 1);
    Atomics.notify(this.#control, control.drained);
  }

  #tell(message: FromWorker): void {
    this.#port.postMessage(message);
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
