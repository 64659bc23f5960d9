import { ApolloLink } from '@apollo/client';
import { ServerError, ServerParseError } from '@apollo/client/errors';
import { OperationTypeNode } from 'graphql';
import { catchError, throwError } from 'rxjs';

/** The request never came to an answer of Thaw's: its server is down, or the way to it. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

const isUnreachable = (error: unknown) =>
  error instanceof TypeError || ServerParseError.is(error) || (ServerError.is(error) && [502, 503, 504].includes(error.statusCode));

/** Whoever waits for an answer reads what happened in words, not "Failed to fetch". */
export const unreachableLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    catchError((error: unknown) => throwError(() => (isUnreachable(error) ? new Unreachable(unreachableText(operation.operationType)) : error))),
  ));

export function unreachableText(type: OperationTypeNode): string {
  if (type !== OperationTypeNode.MUTATION) return 'The Thaw server did not answer.';
  return 'The Thaw server did not answer, so this may not have been done. What you typed is kept: try again when the connection is back.';
}
