import { readOptions } from '../kit/options';
import { type Figure, publish } from '../kit/publish';
import { createRunsGroup } from './create-runs';
import { fullSizes, type Group, smokeSizes } from './group';
import { historyGroup } from './history';
import { ingestGroup } from './ingest';
import { requirements, withMlflow } from './mlflow';
import { searchGroup } from './search';
import { singlePointsGroup } from './single-points';
import { withThaw } from '../kit/thaw';

const groups: Group[] = [ingestGroup, singlePointsGroup, createRunsGroup, historyGroup, searchGroup];

/** `npm run bench:tracking`: Thaw and MLflow, one after the other, on this machine. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const sizes = options.smoke ? smokeSizes : fullSizes;
  const chosen = groups.filter(({ name }) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no row "${options.only}". The rows are ${groups.map(({ name }) => name).join(', ')}.`);

  const peers = new Map<string, Record<string, number>>();
  if (options.peers && chosen.some(({ peer }) => peer)) {
    console.error(`Measuring ${requirements.join(', ')} …`);
    for (const name of ['mlflow-sqlite', 'mlflow-postgres'] as const) {
      peers.set(name, await withMlflow(name, async (mlflow) => Object.assign({}, ...(await inOrder(chosen, (group) => group.peer?.(mlflow, sizes))))));
    }
  }
  console.error('Measuring Thaw …');
  // Each group has a server and a database of its own: no row profits or suffers from another's data.
  const figures = (await inOrder(chosen, (group) => withThaw((thaw) => group.thaw(thaw, sizes)))).flat() as Figure[];

  publish('tracking', figures.map((figure) => ({ ...figure, peers: { ...figure.peers, ...peersOf(figure.name, peers) } })), options);
}

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
