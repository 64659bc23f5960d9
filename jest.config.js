const { availableParallelism } = require('node:os');
const { testTimeout } = require('./jest.preset');
const { workspaces } = require('./package.json');

/** Every workspace folder with a jest.config.js is one project; one Jest run covers them all. */
module.exports = {
  projects: workspaces,
  testTimeout,
  // Also on two cores: much of what the tests do is wait for the programs they started.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
