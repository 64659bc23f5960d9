import { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { createProxyMiddleware, type RequestHandler as ProxyHandler } from 'http-proxy-middleware';

const waitingPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Thaw is starting</title></head>
<body style="font: 16px system-ui; margin: 4rem auto; max-width: 36rem">
  <h1 style="font-size: 1.25rem">The dashboard is starting</h1>
  <p>The API answers already; this page tries again every two seconds.</p>
</body>
</html>
`;

/** Passes everything that is no API to the dashboard, so that one address serves both. */
export function webProxy(target: string): ProxyHandler {
  return createProxyMiddleware({
    target,
    xfwd: true,
    on: {
      error(_error, _req, res) {
        if (!(res instanceof ServerResponse)) return void res.destroy();
        if (res.headersSent) return void res.destroy();
        res.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '2' }).end(waitingPage);
      },
    },
  });
}

export const noWeb: RequestHandler = (req, res) => {
  res.status(404).json({
    error: { code: 'NOT_FOUND', message: `There is nothing at ${req.path}. The API answers /graphql, /blobs, /pictures and /healthz; set THAW_WEB_URL to serve the dashboard here too.` },
  });
};
