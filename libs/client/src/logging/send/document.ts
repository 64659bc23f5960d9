import type { UserError } from '../../failures';
import type { Operation } from '../spool/operation';

const inputTypes = {
  createRun: 'CreateRunInput', wholeRun: 'CreateRunInput', updateRun: 'UpdateRunInput',
  logMetrics: 'LogMetricsInput', logArtifact: 'LogArtifactInput', finishRun: 'FinishRunInput',
} as const;

export type Sendable = Exclude<Operation, { field: 'upload' }>;

/** Several operations as root fields of one mutation; the API carries them out one after the other. */
export function documentOf(operations: readonly Sendable[]): { query: string; variables: Record<string, unknown> } {
  const declared = operations.map(({ field }, index) => `$i${index}: ${inputTypes[field]}!`).join(', ');
  const fields = operations.map(({ field }, index) => `o${index}: ${field === 'wholeRun' ? 'createRun' : field}(input: $i${index}) { userErrors { field message code } }`);
  return { query: `mutation Log(${declared}) { ${fields.join(' ')} }`, variables: Object.fromEntries(operations.map(({ input }, index) => [`i${index}`, input])) };
}

/** The answer to documentOf, in the same order of fields. */
export type DocumentAnswer = Record<string, { userErrors: UserError[] } | undefined>;
