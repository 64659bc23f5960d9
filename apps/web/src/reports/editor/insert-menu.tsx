'use client';

import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { Combobox } from '../../ui/combobox';
import { buttonClass } from '../../ui/button';
import { blockKinds, type BlockKind } from '../blocks/block-kinds';
import { writeBlock } from '../blocks/write-block';
import type { Material } from '../templates';
import { useMaterial } from '../use-material';

const placeholder = { id: '0197a000-0000-7000-8000-000000000000', name: 'put the id of a run here' };

/** A block of the kind about the project's best runs, to be changed by whoever inserts it. */
export function startingBlock(kind: BlockKind, { best, metric }: Material): string {
  const runs = best.length > 0 ? { runs: best } : { first: 5 };
  const run = best.find(({ evaluated }) => evaluated) ?? best[0] ?? placeholder;
  switch (kind) {
    case 'chart':
      return writeBlock({ kind, metric, ...runs });
    case 'table':
    case 'config-diff':
      return writeBlock({ kind, ...runs });
    case 'pictures':
      return writeBlock({ kind, count: 12, run });
    case 'run':
    case 'confusion':
      return writeBlock({ kind, run });
  }
}

/** Kinds of live blocks, found by typing. */
export function InsertMenu({ onInsert }: { onInsert: (markdown: string) => void }) {
  const readMaterial = useMaterial();
  const options = useMemo(() => Object.entries(blockKinds).map(([value, { label, what }]) => ({ value, label, hint: what })), []);
  const insert = async (kind: BlockKind) => {
    try {
      onInsert(startingBlock(kind, await readMaterial()));
    } catch {
      // The server does not answer: the block is written without runs, to be filled in later.
      onInsert(startingBlock(kind, { best: [], metric: 'val/accuracy', today: '' }));
    }
  };
  return <Combobox label="Insert a live block" value={null} options={options} onChange={(kind) => void insert(kind as BlockKind)}
    trigger={<button type="button" className={buttonClass('secondary', 'sm')} data-insert-menu title="Insert a live block (type / on an empty line)"><Plus aria-hidden />Insert</button>} />;
}
