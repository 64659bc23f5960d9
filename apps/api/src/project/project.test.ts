import { startTestApi, type TestApi } from '../testing';

let api: TestApi;
beforeAll(async () => { api = await startTestApi(); });
afterAll(() => api[Symbol.asyncDispose]());

const create = `mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { name runCount datasetCount } userErrors { field message code } } }`;

test('a project is made once; its name must be free and readable', async () => {
  expect(await api.gql(create, { input: { name: 'flowers', description: 'all of them' } })).toEqual({
    createProject: { project: { name: 'flowers', runCount: 0, datasetCount: 0 }, userErrors: [] },
  });
  expect((await api.gql(create, { input: { name: 'flowers' } })).createProject.userErrors).toMatchObject([{ field: 'name', code: 'NAME_TAKEN' }]);
  expect((await api.gql(create, { input: { name: ' ' } })).createProject.userErrors).toMatchObject([{ field: 'name', code: 'INVALID_NAME' }]);
});

test('projects come by name, a page at a time', async () => {
  for (const name of ['birds', 'cats', 'dogs']) await api.gql(create, { input: { name } });
  const list = `query ($after: String) { projects(first: 3, after: $after) { nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`;
  const { projects: page } = await api.gql(list);
  expect(page).toMatchObject({ nodes: [{ name: 'birds' }, { name: 'cats' }, { name: 'dogs' }], totalCount: 4, pageInfo: { hasNextPage: true } });
  const { projects: next } = await api.gql(list, { after: page.pageInfo.endCursor });
  expect(next).toMatchObject({ nodes: [{ name: 'flowers' }], pageInfo: { hasNextPage: false } });
  expect((await api.gql('{ project(name: "cats") { name } none: project(name: "cows") { name } }'))).toEqual({ project: { name: 'cats' }, none: null });
});

test('first and after are checked', async () => {
  for (const args of ['first: 0', 'first: 1001', 'after: "nonsense"']) {
    const { body } = await api.post({ query: `{ projects(${args}) { nodes { name } } }` });
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  }
});
