import 'reflect-metadata';
import { forbiddenAddress } from './forbidden-address';
import { checkAddress, guessFormat, shownAddress } from './webhook-address';

test.each([
  ['169.254.169.254'], ['169.254.0.1'], ['fe80::1'], ['febf::1'], ['::ffff:169.254.169.254'], ['::ffff:a9fe:a9fe'], ['64:ff9b::a9fe:a9fe'], ['fd00:ec2::254'],
])('nothing is ever sent to %s', (address) => {
  expect(forbiddenAddress(address, 'allow')).toContain('credentials');
});

test.each([['127.0.0.1'], ['10.1.2.3'], ['172.31.255.255'], ['192.168.1.1'], ['100.64.0.1'], ['0.0.0.0'], ['::1'], ['::'], ['fd12::1'], ['::ffff:127.0.0.1']])('%s is of the own network: allowed unless that is refused', (address) => {
  expect(forbiddenAddress(address, 'allow')).toBeNull();
  expect(forbiddenAddress(address, 'refuse')).toContain('THAW_PRIVATE_WEBHOOKS=refuse');
});

test.each([['8.8.8.8'], ['172.32.0.1'], ['2606:4700::1111'], ['169.253.255.255']])('%s is allowed', (address) => {
  expect(forbiddenAddress(address, 'refuse')).toBeNull();
});

test.each([
  ['ftp://example.org/', 'INVALID_URL'], ['example.org/hook', 'INVALID_URL'],
  ['http://169.254.169.254/latest/meta-data', 'ADDRESS_FORBIDDEN'], ['http://[fe80::1]/', 'ADDRESS_FORBIDDEN'], ['http://2852039166/', 'ADDRESS_FORBIDDEN'], ['http://0xa9.0xfe.0xa9.0xfe/', 'ADDRESS_FORBIDDEN'],
])('%s is refused as %s', (address, code) => {
  expect(checkAddress(address, 'allow').map((problem) => problem.code)).toEqual([code]);
});

test('an endless address is refused', () => {
  expect(checkAddress(`https://example.org/${'a'.repeat(2000)}`, 'allow')).toEqual([{ field: 'url', code: 'INVALID_URL', message: expect.stringContaining('2020 characters') }]);
});

test('what of an address is shown lets nobody send to it', () => {
  expect(shownAddress('https://hooks.slack.com/services/T0/B0/secret', 'SLACK')).toBe('https://hooks.slack.com/services/…');
  expect(shownAddress('https://discord.com/api/webhooks/1/secret', 'GENERIC')).toBe('https://discord.com/api/…');
  expect(shownAddress('https://chat.example.org/hooks/secret', 'SLACK')).toBe('https://chat.example.org/hooks/…');
  expect(shownAddress('https://user:password@example.org:8443/thaw?token=secret#x', 'GENERIC')).toBe('https://…@example.org:8443/thaw?…');
});

test('Slack and Discord are known by their addresses', () => {
  expect(['https://hooks.slack.com/services/T/B/x', 'https://discord.com/api/webhooks/1/x', 'https://discord.com/api/webhooks/1/x/slack', 'https://example.org/', 'nonsense'].map(guessFormat)).toEqual(['SLACK', 'DISCORD', 'GENERIC', 'GENERIC', 'GENERIC']);
});
