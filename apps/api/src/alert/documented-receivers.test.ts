import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '@thaw/db/embedded';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';

const page = readFileSync(path.resolve(__dirname, '../../../../docs/alerts.md'), 'utf8');
const receiverIn = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)![1]!;
const hasPython = spawnSync('python3', ['--version']).status === 0;

let api: TestApi;
beforeAll(async () => { api = await startTestApi(); });
afterAll(() => api[Symbol.asyncDispose]());

const receivers = [
  { name: 'Node', command: process.execPath, args: ['--input-type=module', '-e'], source: receiverIn('js'), skip: false },
  { name: 'Python', command: 'python3', args: ['-c'], source: receiverIn('python'), skip: !hasPython },
];

for (const { name, command, args, source, skip } of receivers) {
  const testUnlessMissing = skip ? test.skip : test;
  testUnlessMissing(`the receiver for ${name} in docs/alerts.md takes what we sign, and nothing else`, async () => {
    const port = await findFreePort(null);
    const url = `http://127.0.0.1:${port}/`;
    const { createWebhook } = await api.gql('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret userErrors { message } } }', { input: { project: 'docs', name, url } });
    const child = spawn(command, [...args, source.replace('8080', String(port))], { env: { ...process.env, THAW_WEBHOOK_SECRET: createWebhook.secret }, cwd: __dirname, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => void (output += text));
    try {
      const test = async () => (await api.gql('mutation ($id: ID!) { testWebhook(id: $id) { delivery { status log { status error } } userErrors { message } } }', { id: createWebhook.webhook.id })).testWebhook.delivery;
      await eventually(`it to listen; it says: ${output}`, async () => (await test()).status === 'DELIVERED', 30_000);
      expect(output).toContain('webhook.ping Thaw reaches this webhook.');
      // A secret that it does not know.
      await api.gql('mutation ($id: ID!) { rotateWebhookSecret(id: $id, overlapHours: 0) { userErrors { message } } }', { id: createWebhook.webhook.id });
      expect(await test()).toMatchObject({ status: 'DEAD', log: [{ status: 400 }] });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
}
