import type { ErrorRequestHandler, Response } from 'express';

/** The JSON every non-GraphQL route answers a failure with. */
export function sendError(res: Response, status: number, code: string, message: string): void {
  if (res.headersSent || res.destroyed) return;
  res.status(status).set('cache-control', 'no-store').json({ error: { code, message } });
}

/** Last in a router: a fault becomes JSON, not Express's page. */
export const sendFault: ErrorRequestHandler = (error: { status?: number; message?: string }, req, res, _next) => {
  const status = error.status ?? 500;
  // 4xx come from Express itself (an impossible Range, a malformed address) and may be shown.
  if (status < 500) return sendError(res, status, 'BAD_REQUEST', error.message ?? 'The request could not be read.');
  console.error(`${req.method} ${req.path}`, error);
  sendError(res, 500, 'INTERNAL_ERROR', 'The server failed to answer this request; its log says why. Try again.');
};
