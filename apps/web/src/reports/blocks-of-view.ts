import { mostRuns } from './blocks/block-kinds';
import { writeBlock } from './blocks/write-block';

interface ShownRun { id: string; name: string; kind: string; status: string }

/** What a page shows, of which tab: its address says it. */
export interface View { runs: readonly ShownRun[]; tab: string; metric: string }

/** The Markdown of live blocks that show in a report what the page shows. */
export function blocksOfView({ runs: all, tab, metric }: View): string {
  const runs = all.slice(0, mostRuns);
  switch (tab) {
    case 'configuration':
      return [writeBlock({ kind: 'table', runs }), writeBlock({ kind: 'config-diff', runs })].join('\n\n');
    case 'pictures': {
      const evaluated = runs.filter(({ kind, status }) => kind === 'MANAGED' && status === 'FINISHED').slice(0, 4);
      return evaluated.length > 0 ? evaluated.map((run) => writeBlock({ kind: 'confusion', run })).join('\n\n') : writeBlock({ kind: 'table', runs });
    }
    case 'curves':
      return writeBlock({ kind: 'chart', metric, runs });
    default:
      return [writeBlock({ kind: 'chart', metric, runs }), writeBlock({ kind: 'table', runs })].join('\n\n');
  }
}
