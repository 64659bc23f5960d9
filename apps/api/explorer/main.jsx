import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';

const fetcher = createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: `${location.origin.replace('http', 'ws')}/graphql` });
const firstQuery = `# Thaw's API. Ctrl-Space completes, Ctrl-Enter runs.
query NewestRuns {
  runs(first: 5) {
    nodes { name status finalMetrics { key value } }
  }
}
`;

createRoot(document.getElementById('explorer')).render(<GraphiQL fetcher={fetcher} defaultQuery={firstQuery} />);
