/** A way to start, for those who do not want to choose each hyperparameter. */
export interface Preset {
  title: string;
  /** In one sentence. */
  when: string;
  values: Record<string, string>;
}

export const presets: readonly Preset[] = [
  { title: 'Head only', when: 'Seconds, and what everything else is measured by: start here.', values: { freeze: 'head' } },
  { title: 'Last blocks', when: 'Pictures unlike ImageNet’s, but few of them.', values: { freeze: 'last_blocks', lastBlocks: '2' } },
  { title: 'Fine-tune', when: 'The head first, then everything slowly: the safe way to the best accuracy.', values: { freeze: 'fine_tune' } },
  { title: 'Gradual', when: 'Block after block from the top, when fine-tuning forgets too much.', values: { freeze: 'gradual' } },
  { title: 'Full', when: 'Thousands of pictures, or when the others have levelled off.', values: { freeze: 'full' } },
];
