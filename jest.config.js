const { testTimeout } = require('./jest.preset');
const { workspaces } = require('./package.json');

/** Every workspace folder with a jest.config.js is one project; one Jest run covers them all. */
module.exports = {
  projects: workspaces,
  testTimeout,
};
