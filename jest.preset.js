const { existsSync } = require('node:fs');
const path = require('node:path');
const { compilerOptions } = require('./tsconfig.base.json');

/** tsconfig.base.json is the one place that maps @thaw/* to source; Jest follows it. */
const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
    `^${alias.replace('/*', '/(.*)')}$`,
    path.join(__dirname, target.replace('*', '$1')),
  ]),
);

const swc = {
  jsc: {
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false, react: { runtime: 'automatic' } },
    target: 'es2022',
  },
  module: { type: 'commonjs', ignoreDynamic: true },
};

/** Slow is not wrong: on a machine that is busy, a server or a run takes longer than Jest's five seconds. */
const testTimeout = 120_000;

/** The Jest project of one workspace folder; `npm test` and `nx test` both use it. */
module.exports = (rootDir) => ({
  displayName: path.relative(__dirname, rootDir),
  rootDir,
  testEnvironment: 'node',
  testTimeout,
  testMatch: ['<rootDir>/**/*.test.ts', '<rootDir>/**/*.test.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.next/'],
  modulePathIgnorePatterns: ['/dist/', '/.next/'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
  moduleNameMapper,
  ...(existsSync(path.join(__dirname, 'test/kit/global-setup.mjs'))
    ? { globalSetup: path.join(__dirname, 'test/kit/global-setup.mjs'), globalTeardown: path.join(__dirname, 'test/kit/global-teardown.mjs') }
    : {}),
});

// Jest heeds it in the configuration it was started with alone.
module.exports.testTimeout = testTimeout;
