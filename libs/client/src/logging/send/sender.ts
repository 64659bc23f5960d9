import type { Client } from '../../client';
import { ApiFault, ApiUnreachable, describeUserErrors, type GraphqlError, type UserError } from '../../failures';
import type { Journal } from '../spool/journal';
import type { Operation } from '../spool/operation';
import { documentOf, type DocumentAnswer, type Sendable } from './document';
import { sendUpload } from './upload';

export interface SenderEvents {
  problem(journal: Journal, code: string, message: string): void;
  /** Nothing of it is left to send and nothing follows, or it is refused. */
  settled(journal: Journal): void;
  /** A request was taken. */
  arrived?(): void;
  /** Once each time the API goes away. */
  away(reason: string): void;
}

/** What one request carries: the first operations of one or several runs. */
interface Load {
  parts: { journal: Journal; operations: Operation[] }[];
}

const atOnce = 4;
/** The API allows 20. */
const mostOperations = 16;
const mostBytes = 2e6;
const longestPauseMs = 5_000;
const silenceMs = 60_000;

/**
 * Sends what the journals hold to one API: a few requests at a time, each run's operations in order and never two
 * requests of one run at once. Whatever fails without a verdict on the operation itself is tried again for ever.
 */
export class Sender {
  readonly #waiting = new Set<Journal>();
  readonly #busy = new Set<Journal>();
  /** Runs whose request failed in company: they go alone, so that one bad run holds up no other. */
  readonly #alone = new Map<Journal, { notBefore: number; failures: number }>();
  #inFlight = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(readonly client: Client, readonly events: SenderEvents) {}

  /** Something was appended to it. */
  offer(journal: Journal): void {
    if (journal.refused) return;
    if (!this.#busy.has(journal)) this.#waiting.add(journal);
    this.#fill();
  }

  /** Stops trying; what is in flight may still arrive. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.client.close();
  }

  #fill(): void {
    // While the API is away one request at a time asks whether it is back.
    while (!this.#closed && this.#timer === undefined && this.#inFlight < (this.#failures > 0 ? 1 : atOnce)) {
      const load = this.#load();
      if (load === null) return;
      this.#inFlight += 1;
      for (const { journal } of load.parts) {
        this.#waiting.delete(journal);
        this.#busy.add(journal);
      }
      void this.#send(load).finally(() => {
        this.#inFlight -= 1;
        for (const { journal } of load.parts) {
          this.#busy.delete(journal);
          if (journal.isEmpty || journal.refused) this.#settle(journal);
          else this.#waiting.add(journal);
        }
        this.#fill();
      });
    }
  }

  #settle(journal: Journal): void {
    this.#alone.delete(journal);
    if (journal.ended || journal.refused) this.events.settled(journal);
  }

  #load(): Load | null {
    const parts: Load['parts'] = [];
    let room = mostOperations;
    for (const journal of this.#waiting) {
      const alone = this.#alone.get(journal);
      if (alone && (parts.length > 0 || alone.notBefore > performance.now())) continue;
      const operations = journal.peek(alone ? 1 : room, mostBytes / 2);
      if (operations.length === 0) {
        this.#waiting.delete(journal);
        continue;
      }
      const single = operations[0]!.field === 'upload';
      if (single && parts.length > 0) continue;
      parts.push({ journal, operations });
      room -= operations.length;
      if (single || alone || room <= 0) break;
    }
    return parts.length > 0 ? { parts } : null;
  }

  async #send({ parts }: Load): Promise<void> {
    const [first] = parts;
    try {
      if (first!.operations[0]!.field === 'upload') {
        const problem = await sendUpload(this.client, first!.operations[0]!.input);
        if (problem) this.events.problem(first!.journal, 'FILE_LOST', problem);
        first!.journal.dropFile(first!.operations[0]!.input.file);
        first!.journal.strike(1);
        return this.#arrived();
      }
      const operations = parts.flatMap((part) => part.operations) as Sendable[];
      const { query, variables } = documentOf(operations);
      const answer = await this.client.raw<DocumentAnswer>(query, variables, { silenceMs });
      if (answer.errors?.length || !answer.data) return this.#faulted(parts, answer.errors ?? []);
      const { data } = answer;
      let index = 0;
      for (const part of parts) {
        const verdicts = part.operations.map((operation) => ({ operation, userErrors: data[`o${index++}`]?.userErrors ?? [] }));
        this.#alone.delete(part.journal);
        // What follows a refused start was refused with it.
        const [start] = verdicts;
        if (start!.userErrors.length > 0 && this.#lighten(part.journal, start!.operation, start!.userErrors)) continue;
        for (const { operation, userErrors } of verdicts) {
          if (userErrors.length > 0 && !part.journal.refused) this.#refuse(part.journal, operation, userErrors);
        }
        if (!part.journal.refused) part.journal.strike(part.operations.length);
      }
      this.#arrived();
    } catch (error) {
      if (error instanceof ApiUnreachable || error instanceof ApiFault) return this.#pause(error.message);
      this.#single(parts, `What was spooled cannot be sent: ${(error as Error).message}`);
    }
  }

  /** The API answered, but not with a verdict on each operation. */
  #faulted(parts: Load['parts'], errors: readonly GraphqlError[]): void {
    const [first] = parts;
    const message = errors.map((error) => error.message).join(' ') || 'an empty answer';
    const code = errors[0]?.extensions?.code;
    if (code === 'BAD_USER_INPUT' && parts.length === 1 && first!.operations.length === 1) {
      const [operation] = first!.operations;
      this.#refuse(first!.journal, operation!, [{ field: null, code, message }]);
      if (!first!.journal.refused) first!.journal.strike(1);
      return;
    }
    this.#single(parts, `The API at ${this.client.url} answers with a fault (${message}). What is logged is kept and sent again.`);
  }

  #single(parts: Load['parts'], message: string): void {
    for (const { journal, operations } of parts) {
      const failures = (this.#alone.get(journal)?.failures ?? -1) + 1;
      // A first failure in company says nothing about this run: it is tried alone at once.
      const pauseMs = failures === 0 && (parts.length > 1 || operations.length > 1) ? 0 : pauseAfter(failures);
      this.#alone.set(journal, { failures, notBefore: performance.now() + pauseMs });
      setTimeout(() => this.#fill(), pauseMs + 1).unref();
      if (failures > 0) this.events.problem(journal, 'API_FAULT', message);
    }
  }

  /** A config too large or a dataset that Thaw does not have must not cost the run: it is made without them. */
  #lighten(journal: Journal, { field, input }: Operation, errors: readonly UserError[]): boolean {
    if (field !== 'createRun' && field !== 'wholeRun') return false;
    const fields = errors.map((error) => error.field?.split('.')[0] ?? '');
    if (!fields.every((each) => dispensable.includes(each) && each in input)) return false;
    journal.replaceFirst({ field, input: Object.fromEntries(Object.entries(input).filter(([name]) => !fields.includes(name))) });
    this.events.problem(journal, errors[0]!.code, `The run is logged without its ${[...new Set(fields)].join(' and ')}: ${describeUserErrors(errors)}`);
    return true;
  }

  #refuse(journal: Journal, { field, input }: Operation, errors: readonly UserError[]): void {
    const reasons = describeUserErrors(errors);
    const [{ code }] = errors as [UserError];
    if (field === 'createRun' || field === 'wholeRun') {
      journal.refused = true;
      this.events.problem(journal, code, `The API does not take this run, and nothing of it is kept there: ${reasons}`);
    } else if (field === 'logArtifact') {
      this.events.problem(journal, code, `"${String((input as { name?: unknown }).name)}" is not kept: ${reasons}`);
    } else {
      this.events.problem(journal, code, `The API refuses what is logged (${field}): ${reasons}`);
    }
  }

  #arrived(): void {
    this.#failures = 0;
    this.events.arrived?.();
  }

  #pause(reason: string): void {
    if (this.#closed) return;
    if (this.#failures === 0) this.events.away(reason);
    this.#failures += 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#fill();
    }, pauseAfter(this.#failures - 1));
  }
}

const dispensable = ['name', 'config', 'tags', 'notes', 'environment', 'gitCommit', 'dataset', 'datasetVersion', 'backbone', 'parentRun'];

const pauseAfter = (failures: number): number => Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, 10)) * (0.75 + Math.random() / 2);
