import path from 'node:path';
import { parseEnv } from './env';

const DATABASE_URL = 'postgres://thaw:thaw@127.0.0.1:5432/thaw';

test('what is not given is a default', () => {
  expect(parseEnv({ DATABASE_URL, THAW_WEB_URL: '' })).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, DATABASE_URL, THAW_HOME: expect.stringMatching(/\.thaw$/), THAW_MAX_CONNECTIONS: 2000, THAW_MAX_SUBSCRIPTIONS: 200 });
  expect(parseEnv({ DATABASE_URL, THAW_WEB_URL: '' }).THAW_WEB_URL).toBeUndefined();
  expect(parseEnv({ DATABASE_URL, THAW_HOME: 'data' }).THAW_HOME).toBe(path.resolve('data'));
});

test('every problem is named at once', () => {
  expect(() => parseEnv({ PORT: 'http', THAW_WEB_URL: 'dashboard' })).toThrow(/PORT: .*[^]*DATABASE_URL: .*npm start[^]*THAW_WEB_URL: .*http:\/\//);
});
