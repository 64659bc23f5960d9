import type { Block } from './parse-block';

type NamedRun = { id: string; name: string };

/** What a block is made of; runs come with their names, which stand beside the ids for whoever reads the Markdown. */
export type BlockOptions = Omit<Block, 'runs' | 'run'> & { runs?: readonly NamedRun[]; run?: NamedRun };

/** A fenced block of Markdown that parseBlock reads again. */
export function writeBlock({ kind, runs, run, ...options }: BlockOptions): string {
  const lines = [
    `kind: ${kind}`,
    ...Object.entries(options).filter(([, value]) => value !== undefined).flatMap(([name, value]) => (Array.isArray(value) ? [`${name}:`, ...value.map((each) => `  - ${scalar(String(each))}`)] : [`${name}: ${typeof value === 'string' ? scalar(value) : String(value)}`])),
    ...(run ? [`run: ${noted(run)}`] : []),
    ...(runs ? ['runs:', ...runs.map((each) => `  - ${noted(each)}`)] : []),
  ];
  return ['```thaw', ...lines, '```'].join('\n');
}

const noted = ({ id, name }: NamedRun) => `${id} # ${name}`;

/** Plain where YAML reads it as just that text; JSON is valid YAML otherwise. */
const scalar = (text: string) => (/^[A-Za-z][\w/.-]*(?: [\w/.-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text));
