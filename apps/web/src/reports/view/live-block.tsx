'use client';

import { memo, useMemo, type ComponentType } from 'react';
import { PanelBoundary } from '../../ui/panel-boundary';
import type { BlockKind } from '../blocks/block-kinds';
import { parseBlock, type Block } from '../blocks/parse-block';
import { WrongBlock } from './block-frame';
import { ChartBlock } from './chart-block';
import { ConfigBlock } from './config-block';
import { ConfusionBlock, PicturesBlock } from './evaluation-blocks';
import { RunBlock } from './run-block';
import { TableBlock } from './table-block';

const blocks: Readonly<Record<BlockKind, ComponentType<{ block: Block }>>> = {
  chart: ChartBlock, table: TableBlock, run: RunBlock, confusion: ConfusionBlock, pictures: PicturesBlock, 'config-diff': ConfigBlock,
};

/** What a ```thaw block shows; where its options are wrong, what is wrong with them. */
export const LiveBlock = memo(function LiveBlock({ source }: { source: string }) {
  const parsed = useMemo(() => parseBlock(source), [source]);
  if (!parsed.ok) return <div className="my-4"><WrongBlock problems={parsed.problems} /></div>;
  const Shown = blocks[parsed.block.kind];
  return <PanelBoundary><Shown block={parsed.block} /></PanelBoundary>;
});
