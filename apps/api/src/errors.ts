import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { Field, ObjectType } from 'type-graphql';
import { uuidv7 } from 'uuidv7';

@ObjectType({ description: 'An expected failure: something in the input that the caller can change.' })
export class UserError {
  @Field(() => String, { nullable: true, description: 'Dotted path into the input ("config.learningRate"), null when the whole input is meant.' })
  field!: string | null;

  @Field(() => String, { description: 'What was wrong, what is valid, what to do.' })
  message!: string;

  @Field(() => String, { description: 'Machine readable, UPPER_SNAKE.' })
  code!: string;
}

export const userError = (field: string | null, code: string, message: string): UserError => ({ field, code, message });

/** For queries, which have no userErrors: a malformed argument. */
export const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** Lets through what was meant for the caller; anything else is logged under a reference and hidden. */
export function formatFault(log: Logger, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = originOf(error);
  if (cause instanceof GraphQLError) return formatted;
  if (cause instanceof RangeError && cause.message.includes('call stack')) {
    return { message: 'The query, or a value in it, nests too deeply to be read. Write it flatter.', extensions: { code: 'QUERY_TOO_LARGE', limit: 'depth' } };
  }
  const reference = uuidv7();
  log.error({ err: cause, reference, path: formatted.path }, 'a resolver failed');
  return {
    message: `Something went wrong on the server. Its log says more, under the reference ${reference}.`,
    locations: formatted.locations,
    path: formatted.path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', reference },
  };
}

/** GraphQL wraps what a resolver threw, and Apollo wraps what GraphQL found wrong with a document. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}
