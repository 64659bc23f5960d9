import { seen, type Facts, type Rule } from '../facts';

/** What most people try on a dataset, cheapest first; Howard & Ruder's order, and Karpathy's "add complexity only one at a time". */
export const untried: Rule = {
  code: 'UNTRIED',
  looksFor: 'strategies that no run on this dataset has tried yet',
  reference: 'Howard & Ruder 2018, arXiv:1801.06146; Karpathy 2019, “A Recipe for Training Neural Networks”',
  judge({ name, config, backbone, siblings }) {
    const all = [...siblings, { id: '', name, config, backbone, accuracy: null }];
    const next = untriedStrategies(all)[0];
    return next ?? { fine: `Frozen, partly and wholly unfrozen backbones and augmentation have been tried in ${all.length} runs on this dataset.` };
  },
};

type Proposal = Pick<ReturnType<typeof proposal>, keyof ReturnType<typeof proposal>>;

/** Of the runs on one dataset: what none of them did. */
export function untriedStrategies(runs: readonly Facts['siblings'][number][]): Proposal[] {
  const tried = new Set(runs.map(({ config }) => (config.pretrained === false ? 'scratch' : config.freeze)));
  const ran = seen(`${runs.length} ${runs.length === 1 ? 'run has' : 'runs have'} tried ${[...tried].filter(Boolean).join(', ') || 'nothing'}`, null, runs.length);
  const proposals: Proposal[] = [];
  if (!tried.has('head')) proposals.push(proposal('Try the head alone first', 'A head on frozen features takes seconds and is what everything else is measured by.', { freeze: 'head' }, ran));
  if (!['last_blocks', 'full', 'gradual', 'fine_tune'].some((freeze) => tried.has(freeze as 'full'))) proposals.push(proposal('No run unfroze anything yet', 'Fine-tuning trains the head first and then everything at lower rates; with a few hundred pictures it is usually worth some points.', { freeze: 'fine_tune' }, ran));
  if (tried.has('head') && tried.has('fine_tune') && !tried.has('last_blocks')) proposals.push(proposal('Try unfreezing the last blocks only', 'Between the head alone and everything: quicker than fine-tuning, and it overfits less.', { freeze: 'last_blocks', lastBlocks: 2 }, ran));
  if (runs.every(({ config }) => !config.randomResizedCrop && !config.horizontalFlip && !config.rotation && !config.mixup && !config.cutmix)) proposals.push(proposal('No run used augmentation yet', 'Random crops are the augmentation that helps most kinds of pictures.', { randomResizedCrop: true }, ran));
  return proposals;
}

function proposal(title: string, explanation: string, changes: Record<string, unknown>, ran: ReturnType<typeof seen>) {
  return { title, explanation, confidence: 'LOW' as const, evidence: [ran], changes };
}
