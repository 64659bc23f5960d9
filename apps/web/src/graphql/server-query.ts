import { InMemoryCache, type OperationVariables, type TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';

/** Adds __typename everywhere, so that the browser's cache can take the answer as its own. */
const cache = new InMemoryCache();

/**
 * One query for a server component. null when the API cannot be reached or refuses: the page then renders its
 * shell, and the client leaf asks again by itself and says what is wrong.
 */
export async function serverQuery<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Promise<TData | null> {
  const url = new URL('/graphql', process.env.THAW_URL ?? 'http://127.0.0.1:4000');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: print(cache.transformDocument(document)), variables }),
      cache: 'no-store',
      signal: AbortSignal.timeout(5000),
    });
    const answer = (await response.json()) as { data?: TData | null; errors?: { message: string }[] };
    if (answer.errors?.length) console.error(`${url.href}: ${answer.errors.map((error) => error.message).join('; ')}`);
    return answer.errors?.length ? null : (answer.data ?? null);
  } catch (error) {
    console.error(`${url.href} did not answer: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
