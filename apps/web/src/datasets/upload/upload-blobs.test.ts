import { NoAnswer, pause } from './patience';
import { Rate } from './rate';
import { batch, emptyMemory, type Services, uploadWith, type UploadProgress } from './upload-blobs';

const digestOf = async (file: Blob) => `sha of ${await file.text()}`;
const fileOf = (path: string, text = path) => ({ path, file: new File([text], path.split('/').at(-1)!) });

/** A server that keeps what it is sent. */
function server(stored: string[] = []) {
  const kept = new Set(stored);
  const sent: string[] = [];
  const hashed: string[] = [];
  const services: Services = {
    hasher: { hash: async (file) => { const sha256 = await digestOf(file); hashed.push(sha256); return sha256; }, close: () => undefined },
    findMissing: (sha256s) => Promise.resolve(sha256s.filter((each) => !kept.has(each))),
    send: ({ sha256, file, onBytes }) => { onBytes(file.size); sent.push(sha256); kept.add(sha256); return Promise.resolve(); },
  };
  return { services, sent, hashed, kept };
}

const start = (services: Services, files: ReturnType<typeof fileOf>[], options: Partial<Parameters<typeof uploadWith>[1]> = {}) => {
  const told: UploadProgress[] = [];
  const upload = uploadWith(services, { files, onProgress: (progress) => told.push(progress), signal: new AbortController().signal, ...options });
  return { upload, told };
};

test('only what is not stored is sent, the same bytes once, and the answer names every file in its order', async () => {
  const { services, sent } = server(['sha of b']);
  const { upload, told } = start(services, [fileOf('x/a', 'a'), fileOf('x/b', 'b'), fileOf('y/a again', 'a')]);
  expect(await upload).toEqual([{ path: 'x/a', sha256: 'sha of a' }, { path: 'x/b', sha256: 'sha of b' }, { path: 'y/a again', sha256: 'sha of a' }]);
  expect(sent).toEqual(['sha of a']);
  expect(told.at(-1)).toMatchObject({ files: 3, totalFiles: 3, bytes: 3, totalBytes: 3, found: 2, waiting: false });
});

test('after a stop it goes on where it was: no digest twice, no file twice', async () => {
  const files = Array.from({ length: batch + 20 }, (_, index) => fileOf(`a/${index}`));
  const { services, sent, hashed } = server();
  const memory = emptyMemory();
  const controller = new AbortController();
  const stopping: Services = { ...services, send: (sending) => { if (sent.length === 30) { controller.abort(); return Promise.reject(new DOMException('stopped', 'AbortError')); } return services.send(sending); } };
  await expect(start(stopping, files, { memory, signal: controller.signal }).upload).rejects.toThrow();
  expect(memory.stored.filter(Boolean).length).toBe(30);
  const { upload, told } = start(services, files, { memory });
  expect((await upload).length).toBe(files.length);
  expect(told[0]).toMatchObject({ files: 30 });
  expect(new Set(sent).size).toBe(sent.length);
  expect(new Set(hashed).size).toBe(hashed.length);
  expect(sent.length).toBe(files.length);
});

test('while nobody answers it waits and says so, then goes on', async () => {
  const { services, sent } = server();
  let fails = 2;
  const flaky: Services = { ...services, send: (sending) => (fails-- > 0 ? Promise.reject(new NoAnswer('gone')) : services.send(sending)) };
  const { upload, told } = start(flaky, [fileOf('a/1')]);
  await upload;
  expect(sent).toEqual(['sha of a/1']);
  expect(told.map(({ waiting }) => waiting)).toContain(true);
  expect(told.at(-1)!.waiting).toBe(false);
});

test('a refusal stops the rest, in its own words', async () => {
  const { services, sent } = server();
  const refusing: Services = { ...services, send: (sending) => (sending.path === 'a/2' ? Promise.reject(new Error('a/2 was not stored: the disk is full')) : new Promise((resolve) => setTimeout(() => resolve(services.send(sending)), 20))) };
  await expect(start(refusing, Array.from({ length: 50 }, (_, index) => fileOf(`a/${index}`))).upload).rejects.toThrow('a/2 was not stored: the disk is full');
  expect(sent.length).toBeLessThan(10);
});

test('a file that cannot be read is named', async () => {
  const { services } = server();
  const blind: Services = { ...services, hasher: { hash: () => Promise.reject(new Error('NotReadable')), close: () => undefined } };
  await expect(start(blind, [fileOf('a/1')]).upload).rejects.toThrow('a/1 cannot be read: it was changed, moved or deleted after it was chosen.');
});

test('waits grow to eight seconds', () => {
  expect([0, 1, 2, 3, 4, 9].map(pause)).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
});

test('the rate is that of the last seconds', () => {
  const rate = new Rate();
  rate.add(0, 0);
  expect(rate.perSecond()).toBeNull();
  rate.add(1000, 1000);
  expect(rate.perSecond()).toBe(1000);
  for (let second = 2; second <= 30; second++) rate.add(1000 + (second - 1) * 100, second * 1000);
  expect(Math.round(rate.perSecond()!)).toBe(100);
});
