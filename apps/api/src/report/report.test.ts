import { startTestApi, type TestApi } from '../testing';

let api: TestApi;
beforeAll(async () => { api = await startTestApi(); });
afterAll(() => api[Symbol.asyncDispose]());

const answer = '{ report { id title body version sharePath deletedAt } current { version title body } userErrors { field code message } }';
const withInput = (name: string, type: string) => async (input: object) => (await api.gql(`mutation ($input: ${type}!) { ${name}(input: $input) ${answer} }`, { input }))[name];
const withId = (name: string) => async (id: string, more = '') => (await api.gql(`mutation ($id: ID!) { ${name}(id: $id ${more}) ${answer} }`, { id }))[name];
const create = withInput('createReport', 'CreateReportInput');
const update = withInput('updateReport', 'UpdateReportInput');
const restoreVersion = withInput('restoreReportVersion', 'RestoreReportVersionInput');
const [deleteReport, restoreReport, share, unshare] = ['deleteReport', 'restoreReport', 'shareReport', 'unshareReport'].map(withId) as [ReturnType<typeof withId>, ReturnType<typeof withId>, ReturnType<typeof withId>, ReturnType<typeof withId>];
const given = async (title: string, project = 'lab', body = ''): Promise<string> => (await create({ project, title, body })).report.id;
const read = async (id: string) => (await api.gql('query ($id: ID!) { report(id: $id) { title body version project { name } history { version title } } }', { id })).report;
const shared = async (path: string) => (await api.gql('query ($token: String!) { sharedReport(token: $token) { title } }', { token: path.replace('/r/', '') })).sharedReport;
const nobody = '0197a000-0000-7000-8000-000000000000';

test('what somebody else wrote is not written over, and is answered', async () => {
  const id = await given('Week 1', 'lab', 'first');
  expect(await update({ id, expectedVersion: 1, body: 'mine' })).toMatchObject({ report: { version: 2, title: 'Week 1', body: 'mine' }, current: null, userErrors: [] });
  const refused = await update({ id, expectedVersion: 1, body: 'theirs', title: 'Week one' });
  expect(refused).toMatchObject({ report: null, current: { version: 2, title: 'Week 1', body: 'mine' }, userErrors: [{ field: 'expectedVersion', code: 'CONFLICT', message: expect.stringContaining('version 2') }] });
  expect((await read(id)).body).toBe('mine');
});

test('an answer that was lost: writing the same again is no conflict', async () => {
  const id = await given('Twice');
  await update({ id, expectedVersion: 1, body: 'text' });
  expect(await update({ id, expectedVersion: 1, body: 'text' })).toMatchObject({ report: { version: 2 }, userErrors: [] });
});

test('of two that write at once one is refused', async () => {
  const id = await given('Raced');
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((body) => update({ id, expectedVersion: 1, body })));
  expect(answers.filter(({ report }) => report)).toHaveLength(1);
  expect((await read(id)).version).toBe(2);
});

test('of a stretch of typing the text before it is kept, and whatever was to be kept; each can be had again', async () => {
  const id = await given('Kept', 'lab', 'one');
  await update({ id, expectedVersion: 1, body: 'two' });
  await update({ id, expectedVersion: 2, body: 'three' });
  await update({ id, expectedVersion: 3, body: 'four', keepBefore: true });
  expect((await read(id)).history.map(({ version }: { version: number }) => version)).toEqual([3, 1]);
  const { report } = await api.gql('query ($id: ID!) { report(id: $id) { historyVersion(version: 1) { body } none: historyVersion(version: 2) { body } } }', { id });
  expect(report).toEqual({ historyVersion: { body: 'one' }, none: null });

  expect((await restoreVersion({ id, version: 1, expectedVersion: 3 })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect(await restoreVersion({ id, version: 1, expectedVersion: 4 })).toMatchObject({ report: { version: 5, body: 'one' } });
  expect((await read(id)).history.map(({ version }: { version: number }) => version)).toEqual([4, 3, 1]);
  expect((await restoreVersion({ id, version: 2, expectedVersion: 5 })).userErrors).toMatchObject([{ field: 'version', code: 'VERSION_UNKNOWN' }]);
});

test('the history holds the newest 50', async () => {
  const id = await given('Long', 'lab', 'version 1');
  for (let version = 1; version <= 53; version++) await update({ id, expectedVersion: version, body: `version ${version + 1}`, keepBefore: true });
  const { history } = await read(id);
  expect([history.length, history[0].version, history.at(-1).version]).toEqual([50, 53, 4]);
});

test.each([
  [{ title: ' ' }, 'title', 'INVALID_NAME', '1 to 200 characters'],
  [{ project: '' }, 'project', 'INVALID_NAME', '1 to 200 characters'],
  [{ body: 'ä'.repeat(131_073) }, 'body', 'BODY_TOO_LARGE', '257 KiB'],
  [{ body: 'a\0b' }, 'body', 'INVALID_BODY', 'NUL'],
  [{ body: 'half \ud83d' }, 'body', 'INVALID_BODY', 'half a character'],
])('a report with %j is refused', async (wrong, field, code, said) => {
  expect((await create({ project: 'lab', title: 'A report', ...wrong })).userErrors).toMatchObject([{ field, code, message: expect.stringContaining(said) }]);
});

test('the largest body is taken', async () => {
  const id = await given('Large', 'lab', 'x'.repeat(256 * 1024));
  expect((await read(id)).body).toHaveLength(256 * 1024);
});

test('reports are listed a page at a time, those changed last first, without the deleted ones', async () => {
  const [first, second, third] = [await given('1', 'list'), await given('2', 'list'), await given('3', 'list')];
  await given('elsewhere');
  await update({ id: first, expectedVersion: 1, body: 'changed' });
  const list = async (args = '') => (await api.gql(`{ reports(project: "list" ${args}) { totalCount nodes { title body } pageInfo { hasNextPage endCursor } } }`)).reports;
  const page = await list('first: 2');
  expect(page).toMatchObject({ totalCount: 3, nodes: [{ title: '1', body: 'changed' }, { title: '3', body: '' }], pageInfo: { hasNextPage: true } });
  expect(await list(`first: 2, after: "${page.pageInfo.endCursor}"`)).toMatchObject({ nodes: [{ title: '2' }], pageInfo: { hasNextPage: false } });

  expect(await deleteReport(second)).toMatchObject({ report: { deletedAt: expect.any(String) }, userErrors: [] });
  expect(await list()).toMatchObject({ totalCount: 2, nodes: [{ title: '1' }, { title: '3' }] });
  expect(await list('deleted: true')).toMatchObject({ totalCount: 1, nodes: [{ title: '2' }] });
  expect((await update({ id: second, expectedVersion: 1, body: 'x' })).userErrors).toMatchObject([{ field: 'id', code: 'REPORT_UNKNOWN' }]);
  expect(await restoreReport(second)).toMatchObject({ report: { deletedAt: null }, userErrors: [] });
  expect(await list()).toMatchObject({ totalCount: 3 });
  expect(third).toEqual(expect.any(String));
  const { body } = await api.post({ query: '{ reports(project: "list", after: "WzFd") { totalCount nodes { id } } }' });
  expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('a report that is not there', async () => {
  for (const id of [nobody, 'no id']) {
    expect(await api.gql('query ($id: ID!) { report(id: $id) { title } }', { id })).toEqual({ report: null });
    for (const write of [deleteReport, restoreReport, share, unshare, (given: string) => update({ id: given, expectedVersion: 1 })]) expect((await write(id)).userErrors).toMatchObject([{ field: 'id', code: 'REPORT_UNKNOWN' }]);
  }
});

test('a link leads to the report until it is revoked or made anew, and not while the report or its project is deleted', async () => {
  const id = await given('Public', 'open');
  const { report: { sharePath } } = await share(id);
  expect(sharePath).toMatch(/^\/r\/[\w-]{24}$/);
  expect((await share(id)).report.sharePath).toBe(sharePath);
  expect(await shared(sharePath)).toEqual({ title: 'Public' });

  const renewed = (await share(id, ', renew: true')).report.sharePath;
  expect([await shared(sharePath), await shared(renewed)]).toEqual([null, { title: 'Public' }]);
  await deleteReport(id);
  expect([await shared(renewed), (await share(id)).userErrors[0].code]).toEqual([null, 'REPORT_UNKNOWN']);
  await restoreReport(id);
  expect(await shared(renewed)).toEqual({ title: 'Public' });

  const project = (await api.gql('{ project(name: "open") { id } }')).project.id;
  await api.gql('mutation ($id: ID!) { deleteProject(id: $id) { userErrors { message } } }', { id: project });
  expect(await shared(renewed)).toBeNull();
  await api.gql('mutation ($id: ID!) { restoreProject(id: $id) { userErrors { message } } }', { id: project });

  expect((await unshare(id)).report.sharePath).toBeNull();
  expect([await shared(renewed), await shared(''), await shared('x\0y')]).toEqual([null, null, null]);
});

test('gc removes a deleted report for good, with its history, and no other', async () => {
  const [gone, kept] = [await given('Gone', 'trash', 'one'), await given('Kept', 'trash')];
  await update({ id: gone, expectedVersion: 1, body: 'two' });
  await deleteReport(gone);
  await api.gql('mutation { collectGarbage { notes userErrors { message } } }');
  expect([await read(gone), (await read(kept)).title]).toEqual([null, 'Kept']);
  expect((await restoreReport(gone)).userErrors).toMatchObject([{ code: 'REPORT_UNKNOWN' }]);
});

test('a backup brings reports back, with history and link', async () => {
  const id = await given('Saved', 'vault', 'one');
  await update({ id, expectedVersion: 1, body: 'two' });
  const { report: { sharePath } } = await share(id);
  const response = await fetch(`${api.url}/backup`, { headers: { 'x-thaw': 'backup' } });
  await using to = await startTestApi();
  const restored = await fetch(`${to.url}/restore`, { method: 'POST', headers: { 'content-type': 'application/x-tar' }, body: await response.arrayBuffer() });
  expect(restored.status).toBe(200);
  const { sharedReport } = await to.gql('query ($token: String!) { sharedReport(token: $token) { id body project { name } history { body } } }', { token: sharePath.replace('/r/', '') });
  expect(sharedReport).toEqual({ id, body: 'two', project: { name: 'vault' }, history: [{ body: 'one' }] });
});
