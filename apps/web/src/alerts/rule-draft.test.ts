import { emptyDraft, nameOf, settingsOf } from './rule-draft';

test('only what the kind takes is sent', () => {
  const filled = { ...emptyDraft, key: ' val/loss ', threshold: '0.5', points: '3', firstOnly: true, minutes: '5', endReasons: ['ERROR' as const, 'COMPLETED' as const] };
  const none = { key: null, direction: null, threshold: null, points: 1, firstOnly: false, minutes: null, endReasons: [], webhookIds: [] };
  expect(settingsOf({ ...filled, kind: 'RUN_FAILED' })).toEqual({ ...none, endReasons: ['ERROR'] });
  expect(settingsOf({ ...filled, kind: 'METRIC_CROSSED', direction: 'BELOW' })).toEqual({ ...none, key: 'val/loss', direction: 'BELOW', threshold: 0.5, points: 3, firstOnly: true });
  expect(settingsOf({ ...filled, kind: 'RUN_STALLED', key: '' })).toEqual({ ...none, minutes: 5 });
});

test('what is no number is left to the API to refuse', () => {
  expect(settingsOf({ ...emptyDraft, kind: 'METRIC_CROSSED', threshold: 'high', points: 'many' })).toMatchObject({ threshold: null, points: 0 });
});

test('a rule without a name is called what it does', () => {
  expect(nameOf({ ...emptyDraft, kind: 'METRIC_CROSSED', key: 'loss', threshold: '10', points: '2' })).toBe('loss is above 10 for 2 points in a row');
  expect(nameOf({ ...emptyDraft, name: ' mine ' })).toBe('mine');
});
