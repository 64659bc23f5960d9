import { formatSearch, parseSearch } from '@thaw/search';
import { asConfig, metricsIn } from './misread';

const filterOf = (search: string) => parseSearch(search).filter!;

test('bare names are metrics that may have been config values', () => {
  expect(metricsIn(filterOf('batchSize = 32'))).toEqual(['batchSize']);
  expect(metricsIn(filterOf('(lr < 0.01 or max(val/accuracy) > 0.9) and not depth in (1, 2) and status = FAILED'))).toEqual(['lr', 'depth']);
});

test('the same is searched of the config', () => {
  const asked = (search: string, key: string) => formatSearch(asConfig(filterOf(search), key));
  expect(asked('batchSize = 32', 'batchSize')).toBe('config.batchSize = 32');
  expect(asked('lr < 0.01 and (tag = best or not lr = 2) and max(lr) > 1', 'lr')).toBe('config.lr < 0.01 and (tag = best or not config.lr = 2) and max(lr) > 1');
});
