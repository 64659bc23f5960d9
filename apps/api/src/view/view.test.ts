import { startTestApi, type TestApi } from '../testing';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const answer = 'view { id name state isDefault } userErrors { field code }';
const create = async (name: string, more: object = {}) => (await api.gql(`mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { ${answer} } }`, { input: { project: 'default', page: 'RUNS', name, state: 'q=tag%3Abest', ...more } })).createSavedView;
const update = async (input: object) => (await api.gql(`mutation ($input: UpdateSavedViewInput!) { updateSavedView(input: $input) { ${answer} } }`, { input })).updateSavedView;
const put = async (what: 'deleteSavedView' | 'restoreSavedView', id: string) => (await api.gql(`mutation ($id: ID!) { ${what}(id: $id) { ${answer} } }`, { id }))[what];
const list = async (page = 'RUNS'): Promise<[string, string, boolean][]> =>
  (await api.gql('query ($page: ViewPage!) { savedViews(project: "default", page: $page) { name state isDefault } }', { page })).savedViews.map(({ name, state, isDefault }: { name: string; state: string; isDefault: boolean }) => [name, state, isDefault]);

test('views are saved, changed, deleted and brought back', async () => {
  const { view: best } = await create('best');
  await create('all', { isDefault: true, state: '' });
  await create('best', { page: 'COMPARE' });
  expect(await list()).toEqual([['all', '', true], ['best', 'q=tag%3Abest', false]]);
  expect(await list('COMPARE')).toEqual([['best', 'q=tag%3Abest', false]]);

  await update({ id: best.id, name: 'finest', state: 'sort=name', isDefault: true });
  expect(await list()).toEqual([['all', '', false], ['finest', 'sort=name', true]]);

  await put('deleteSavedView', best.id);
  expect(await list()).toEqual([['all', '', false]]);
  expect((await update({ id: best.id, name: 'x' })).userErrors).toEqual([{ field: 'id', code: 'VIEW_UNKNOWN' }]);
  await create('finest');
  expect((await put('restoreSavedView', best.id)).userErrors).toEqual([{ field: 'name', code: 'NAME_TAKEN' }]);
});

test.each([
  [{ name: 'all' }, { field: 'name', code: 'NAME_TAKEN' }],
  [{ name: ' ' }, { field: 'name', code: 'INVALID_NAME' }],
  [{ state: '?q=1' }, { field: 'state', code: 'INVALID_STATE' }],
  [{ state: 'x'.repeat(20_001) }, { field: 'state', code: 'INVALID_STATE' }],
])('a view with %j is refused', async (more, problem) => {
  expect((await create('new', more)).userErrors).toEqual([problem]);
});

test('two that take one name or the default at once do not both get it', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => create('raced', { isDefault: true })));
  expect(made.filter(({ view }) => view !== null)).toHaveLength(1);
  expect((await list()).filter(([, , isDefault]) => isDefault)).toEqual([['raced', 'q=tag%3Abest', true]]);
});
