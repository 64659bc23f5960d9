import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router, type Request } from 'express';

/** Made by `explorer/bundle.mjs` when the API is built: GraphiQL and all it needs, so that it works offline. */
const folder = [path.join(__dirname, 'explorer'), path.join(__dirname, '../../dist/explorer')].find((candidate) => existsSync(candidate));

const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Thaw · GraphQL</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/graphql/explorer/main.css">
  <style>html, body, #explorer { height: 100%; margin: 0 }</style>
</head>
<body>
  <div id="explorer">${folder ? 'Loading …' : 'The explorer is not built: run <code>npm run build</code>, then start again.'}</div>
  <script src="/graphql/explorer/main.js"></script>
</body>
</html>
`;

/** A browser that opens /graphql gets the explorer; GET with a query stays GraphQL. */
export function explorer(): Router {
  const router = Router();
  router.get('/graphql', (req, res, next) => {
    if (!wantsPage(req)) return next();
    res.set('content-security-policy', "frame-ancestors 'none'").type('html').send(page);
  });
  if (folder) router.use('/graphql/explorer', express.static(folder, { index: false, maxAge: '1h' }));
  return router;
}

const wantsPage = (req: Request) => req.query.query === undefined && req.accepts(['json', 'html']) === 'html';
