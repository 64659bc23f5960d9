import type { Figure } from '../kit/publish';
import { type Group, mean, type Sizes } from './group';
import type { Keras } from './keras';
import { material } from './material';
import { type BackboneName, type DatasetName, withThaw } from './thaw';

interface Row {
  name: string;
  dataset: DatasetName;
  backbone: BackboneName;
  /** Beyond the head: Thaw's own way, which Keras is not asked to follow. */
  thawed?: object;
  goal?: number;
}

const rows: Row[] = [
  { name: 'flowers, MobileNet 0.25', dataset: 'flowers', backbone: 'mobilenet025', goal: 0.85 },
  { name: 'flowers, MobileNet 0.75', dataset: 'flowers', backbone: 'mobilenet075' },
  { name: 'flowers, MobileNet 0.75, two blocks thawed, early stopping', dataset: 'flowers', backbone: 'mobilenet075', thawed: { freeze: 'last_blocks', lastBlocks: 2 }, goal: 0.91 },
  { name: 'flowers, EfficientNet-Lite0', dataset: 'flowers', backbone: 'efficientnetLite0' },
  { name: 'sign digits, MobileNet 0.25', dataset: 'signs', backbone: 'mobilenet025' },
  { name: 'sign digits, MobileNet 0.75', dataset: 'signs', backbone: 'mobilenet075' },
];

/** Best validation accuracy, of a new head on frozen layers after the same number of epochs unless the row says otherwise; the mean over seeds. */
export const accuracyGroup: Group = {
  name: 'accuracy',
  measure: (sizes, keras) => withThaw('tfjs-node', async ({ train }) => {
    const figures: Figure[] = [];
    for (const row of rows.slice(0, sizes.models)) {
      const peers = await peersOf(row, sizes, keras);
      const runs = await train(row.dataset, row.backbone, Array.from({ length: sizes.seeds }, (_, index) => ({ seed: index + 1, ...(row.thawed ?? { freeze: 'head', epochs: sizes.epochs, earlyStopping: false }) })));
      figures.push({ name: `accuracy, ${row.name}`, unit: 'of 1', thaw: mean(runs.map(({ accuracy }) => accuracy)), peers, better: 'more', ...(row.goal ? { goal: { atLeast: row.goal } } : {}) });
    }
    return figures;
  }),
};

/** Keras has no EfficientNet-Lite0. */
async function peersOf({ backbone, dataset, thawed }: Row, { epochs, seeds }: Sizes, keras: Keras | null): Promise<Record<string, number> | undefined> {
  if (!keras || thawed || backbone === 'efficientnetLite0') return undefined;
  const { accuracies } = await keras.accuracies(material[backbone], material[dataset], epochs, seeds);
  return { keras: mean(accuracies) };
}
