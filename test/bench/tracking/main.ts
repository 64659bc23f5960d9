import { judge, type Result } from '../kit/result';
import { readOptions } from '../kit/options';
import { machine, printTable } from '../kit/report';
import { createRunsGroup } from './create-runs';
import { type Figure, fullSizes, type Group, smokeSizes } from './group';
import { historyGroup } from './history';
import { ingestGroup } from './ingest';
import { installMlflow, requirements, withMlflow } from './mlflow';
import { searchGroup } from './search';
import { singlePointsGroup } from './single-points';
import { withThaw } from './thaw';

const groups: Group[] = [ingestGroup, singlePointsGroup, createRunsGroup, historyGroup, searchGroup];

/** `npm run bench:tracking`: Thaw and MLflow, one after the other, on this machine. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const sizes = options.smoke ? smokeSizes : fullSizes;
  const chosen = groups.filter(({ name }) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no row "${options.only}". The rows are ${groups.map(({ name }) => name).join(', ')}.`);

  const peers = new Map<string, Record<string, number>>();
  if (options.peers && chosen.some(({ peer }) => peer)) {
    installMlflow();
    console.error(`Measuring ${requirements.join(', ')} …`);
    for (const name of ['mlflow-sqlite', 'mlflow-postgres'] as const) {
      peers.set(name, await withMlflow(name, async (mlflow) => Object.assign({}, ...(await inOrder(chosen, (group) => group.peer?.(mlflow, sizes))))));
    }
  }
  console.error('Measuring Thaw …');
  // Each group has a server and a database of its own: no row profits or suffers from another's data.
  const figures = (await inOrder(chosen, (group) => withThaw((thaw) => group.thaw(thaw, sizes)))).flat() as Figure[];

  const results = figures.map((figure) => judge({ ...figure, peers: { ...figure.peers, ...peersOf(figure.name, peers) } }));
  printTable(results);
  console.log(`${machine()}${options.smoke ? ' · a smoke round: its figures mean nothing' : ''}`);
  if (options.json) console.log(JSON.stringify({ bench: 'tracking', machine: machine(), results }));
  process.exitCode = hasMissed(results) && !options.smoke ? 1 : 0;
}

const hasMissed = (results: readonly Result[]) => results.some(({ met }) => met === false);

function peersOf(row: string, peers: Map<string, Record<string, number>>): Record<string, number> {
  return Object.fromEntries([...peers].flatMap(([name, figures]) => (figures[row] === undefined ? [] : [[name, figures[row]]])));
}

async function inOrder<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer> | undefined): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const item of items) {
    const answer = await work(item);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

void main();
