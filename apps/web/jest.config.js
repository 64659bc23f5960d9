const config = require('../../jest.preset.js')(__dirname);

/** nuqs comes as ES modules alone. */
module.exports = { ...config, transform: { ...config.transform, '/nuqs/.+\\.js$': Object.values(config.transform)[0] }, transformIgnorePatterns: ['/node_modules/(?!nuqs/)'] };
