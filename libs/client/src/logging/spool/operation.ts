/** One root field of the API, or a file to upload before the next one. Sent again it does nothing. */
export type Operation =
  | { field: 'createRun' | 'updateRun' | 'logMetrics' | 'logArtifact' | 'finishRun'; input: Record<string, unknown> }
  /** createRun of a run that is over: with its points and its end. */
  | { field: 'wholeRun'; input: Record<string, unknown> }
  | { field: 'upload'; input: { sha256: string; file: string } };

export const endsRun = (field: string): boolean => field === 'finishRun' || field === 'wholeRun';

/** `field`, a space and its input as JSON: a spool can be read, and a line that is cut off shows. */
export const encodeLine = ({ field, input }: Operation): string => `${field} ${JSON.stringify(input)}\n`;

export function decodeLine(line: string): Operation {
  const space = line.indexOf(' ');
  return { field: line.slice(0, space), input: JSON.parse(line.slice(space + 1)) } as Operation;
}
