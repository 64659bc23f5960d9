import { formatBytes, formatValue } from '../format/numbers';
import { flatten } from '../run/config-table';

/** What trainers report of their machines, in the order people ask for it. */
const names = new Map(Object.entries({
  cpu: 'Processor', cores: 'Cores', memoryGiB: 'Memory', platform: 'System', host: 'Host', node: 'Node.js', tfjs: 'TensorFlow.js', libtensorflow: 'TensorFlow',
}));

/** Facts in words; those without a name of ours under their own, at the end. */
export function machineFacts(environment: unknown): [name: string, value: string][] {
  const facts = flatten(environment).filter(([key, value]) => key !== 'backend' && value !== null && value !== '');
  const order = [...names.keys()];
  const place = (key: string) => order.indexOf(key) >>> 0;
  return facts.sort(([a], [b]) => place(a) - place(b)).map(([key, value]) => [names.get(key) ?? key, factValue(key, value)]);
}

function factValue(key: string, value: unknown): string {
  if (/GiB$/.test(key)) return `${formatValue(value)} GiB`;
  return typeof value === 'number' && /bytes$/i.test(key) ? formatBytes(value) : formatValue(value);
}
