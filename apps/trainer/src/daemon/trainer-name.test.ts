import { hostname } from 'node:os';
import { takeName } from './trainer-name';

test('two trainers of one home get two names, unless they ask for the same; a name is free again once it is given up', async () => {
  const home = `/nowhere/${process.pid}`;
  const first = await takeName(home);
  expect(first.name).toBe(hostname());
  {
    using second = await takeName(home);
    using elsewhere = await takeName(`${home}/other`);
    expect([second.name, elsewhere.name]).toEqual([`${hostname()}-2`, hostname()]);
  }
  await expect(takeName(home, hostname())).rejects.toThrow(/runs on this machine.*THAW_TRAINER_NAME/);
  first[Symbol.dispose]();
  using again = await takeName(home, hostname());
  expect(again.name).toBe(hostname());
});
