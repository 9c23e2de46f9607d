/** GraphiQL over this server's API, for development only: never part of what `npm run build` makes. */
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import './page.css';

/** Asks as the person who is signed in in this browser. */
async function ask(operation: object): Promise<object> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation) });
  return (await answer.json()) as object;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<GraphiQL fetcher={ask} defaultQuery={'{\n  spaces { id name }\n}\n'} />);
