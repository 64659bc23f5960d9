import express, { type ErrorRequestHandler, type RequestHandler } from 'express';

/** A batch of metrics is the largest thing that comes as JSON; files go to /blobs. */
const largestBody = 64 * 1024 * 1024;

/** Reads the JSON body of a GraphQL request. What is wrong with it is answered as GraphQL errors are. */
export const graphqlBody: (RequestHandler | ErrorRequestHandler)[] = [
  express.json({ limit: largestBody }),
  // Apollo wants a body even of a GET, which has none.
  ((req, _res, next) => {
    req.body ??= {};
    next();
  }) as RequestHandler,
  ((error: Error & { status?: number; type?: string }, _req, res, next) => {
    const known = messages[error.type ?? ''];
    if (!known || !error.status) return next(error);
    res.status(error.status).json({ errors: [{ message: known.message(error.message), extensions: { code: known.code } }] });
  }) as ErrorRequestHandler,
];

/** By the type that body-parser gives its errors. */
const messages: Record<string, { code: string; message(cause: string): string }> = {
  'entity.too.large': {
    code: 'BODY_TOO_LARGE',
    message: () => `The body is larger than ${largestBody / 1024 / 1024} MiB, the most that is taken as JSON. Send metrics in smaller batches, and files to /blobs.`,
  },
  'entity.parse.failed': { code: 'INVALID_JSON', message: (cause) => `The body is not a JSON object such as { "query": "{ projects { nodes { name } } }" }: ${cause}.` },
  'encoding.unsupported': { code: 'INVALID_ENCODING', message: (cause) => `The body cannot be decompressed: ${cause}. Send it as it is, or with gzip, deflate or br.` },
  'charset.unsupported': { code: 'INVALID_CHARSET', message: (cause) => `The body cannot be read: ${cause}. Send JSON in UTF-8.` },
};
