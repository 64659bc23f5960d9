/** Nothing answers at the API's address. */
export class ApiUnreachable extends Error {
  override name = 'ApiUnreachable';
  constructor(readonly url: string, cause: unknown) {
    super(`The Thaw API cannot be reached at ${url} (${reasonOf(cause)}). Start it with \`npm start\`, or set THAW_URL to the address where it runs.`, { cause });
  }
}

/** Something answered, but not with what was asked for. */
export class ApiFault extends Error {
  override name = 'ApiFault';
  constructor(message: string, readonly code: string, readonly status?: number) {
    super(message);
  }
}

/** A GraphQL error as the server wrote it; expected failures are `userErrors` in the payload instead. */
export interface GraphqlError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string };
}

/** An expected failure, as every payload carries them. */
export interface UserError {
  /** Dotted path into the input; null when the whole of it is meant. */
  field: string | null;
  message: string;
  code: string;
}

/** "config.epochs: epochs is 0. …" on one line each. */
export const describeUserErrors = (errors: readonly UserError[]): string =>
  errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('\n');

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? message ?? String(cause);
}
