import { Agent, request } from 'node:http';
import { ClaimRunDocument, RegisterTrainerDocument, RunQueuedDocument, SettleRunDocument } from '@thaw/client';
import { createClient, type Client as Socket } from 'graphql-ws';
import WebSocket from 'ws';
import type { Done, Task } from './messages';

/** Trainers that train nothing: each has its own connection, kept alive, and says what the real ones say. */

interface Simulated {
  id: string;
  agent: Agent;
  socket?: Socket;
  claims: number;
}

let url = '';
let trainers: Simulated[] = [];
let latencies: number[] = [];
let empty = 0;
let lastRun = 0;

function ask<Answer>({ agent }: Pick<Simulated, 'agent'>, query: { toString(): string }, variables: object): Promise<Answer> {
  const body = JSON.stringify({ query: query.toString(), variables });
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { data, errors } = JSON.parse(Buffer.concat(chunks).toString()) as { data: Answer; errors?: unknown };
        if (errors) reject(new Error(JSON.stringify(errors)));
        else resolve(data);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function register(count: number): Promise<void> {
  trainers = [];
  for (let index = 0; index < count; index++) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { registerTrainer } = await ask<{ registerTrainer: { trainer: { id: string } } }>({ agent }, RegisterTrainerDocument, { input: { name: `simulated-${index}`, backend: 'cpu', labels: [index % 2 === 0 ? 'even' : 'odd'], memoryBytes: 16 * 2 ** 30 } });
    trainers.push({ id: registerTrainer.trainer.id, agent, claims: 0 });
  }
}

type Claimed = { claimRun: { run: { id: string } | null; leaseToken: string } };

async function claim(trainer: Simulated): Promise<Claimed['claimRun']> {
  const started = performance.now();
  const { claimRun } = await ask<Claimed>(trainer, ClaimRunDocument, { input: { trainerId: trainer.id } });
  latencies.push(performance.now() - started);
  if (claimRun.run) {
    trainer.claims++;
    lastRun = performance.now();
  } else {
    empty++;
  }
  return claimRun;
}

async function drain(): Promise<number> {
  const started = performance.now();
  await Promise.all(trainers.map(async (trainer) => {
    while ((await claim(trainer)).run);
  }));
  return (lastRun - started) / 1000;
}

async function listen(): Promise<void> {
  await Promise.all(trainers.map(async (trainer) => {
    const socket = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, lazy: false });
    trainer.socket = socket;
    await new Promise<void>((connected) => socket.on('connected', () => connected()));
    socket.subscribe({ query: RunQueuedDocument.toString() }, { next: () => void work(trainer), error: fail, complete: () => {} });
  }));
}

async function work(trainer: Simulated): Promise<void> {
  const { run, leaseToken } = await claim(trainer);
  if (run) await ask(trainer, SettleRunDocument, { input: { runId: run.id, leaseToken, status: 'FINISHED', endReason: 'COMPLETED' } });
}

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('message', (task: Task) => {
  void (async () => {
    latencies = [];
    empty = 0;
    for (const trainer of trainers) trainer.claims = 0;
    let seconds = 0;
    if (task.task === 'register') {
      url = task.url;
      await register(task.trainers);
    }
    if (task.task === 'drain') seconds = await drain();
    if (task.task === 'listen') await listen();
    if (task.task === 'stop') {
      await Promise.all(trainers.map(({ socket }) => socket?.dispose()));
      // A claim may still be under way: nobody waits for its answer.
      process.exit(0);
    }
    process.send!({ claims: trainers.map(({ claims }) => claims), seconds, latencies, empty } satisfies Done);
  })().catch(fail);
});
