import { readFileSync } from 'node:fs';

/** An operation from a page of documentation, as it stands there. */
export interface Example {
  /** Line of the page on which the operation begins. */
  line: number;
  query: string;
  /** With {{name}} where a value from an earlier answer belongs. */
  variables: string;
  /** Values for later examples: name and dotted path into the answer. */
  saves: [name: string, path: string][];
}

const block = /```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?((?:\s*<!-- save \w+ = [\w.]+ -->)*)/g;

/**
 * Every ```graphql block of a Markdown page, with the ```json block of variables that may follow it and any
 * `<!-- save runId = createRun.run.id -->` after that.
 */
export function readExamples(file: string): Example[] {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(block)].map((match) => ({
    line: page.slice(0, match.index).split('\n').length + 1,
    query: match[1]!,
    variables: match[2] ?? '{}',
    saves: [...match[3]!.matchAll(/save (\w+) = ([\w.]+)/g)].map(([, name, path]) => [name!, path!]),
  }));
}
