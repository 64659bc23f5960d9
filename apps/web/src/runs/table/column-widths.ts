import { columnPinningFeature, columnResizingFeature, columnSizingFeature, tableFeatures, useTable, type ColumnSizingState } from '@tanstack/react-table';
import { useEffect, useMemo, useState } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import type { RunColumn } from './columns';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnPinningFeature });

/** Rows come from the server by their place; the table knows columns alone. */
const noRows: TableRunFragment[] = [];
export const narrowest = 56;
export const widest = 900;
export const clampWidth = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)));

/** Widths and pins of columns, and what drags their edges. Widths that were changed are told when the pointer rests. */
export function useColumnTable(columns: readonly RunColumn[], pin: number, widths: Record<string, number>, onWidths: (widths: Record<string, number>) => void, widthOf: (column: RunColumn) => number) {
  const [sizing, setSizing] = useState<ColumnSizingState>(widths);
  const widthsKey = JSON.stringify(widths);
  useEffect(() => setSizing(JSON.parse(widthsKey) as ColumnSizingState), [widthsKey]);
  useEffect(() => {
    // A pointer goes further than a column does.
    const rounded = Object.fromEntries(Object.entries(sizing).map(([id, width]) => [id, clampWidth(width)]));
    if (JSON.stringify(rounded) === widthsKey) return;
    const timer = setTimeout(() => onWidths(rounded), 250);
    return () => clearTimeout(timer);
  }, [sizing, widthsKey, onWidths]);

  const defs = useMemo(() => columns.map((column) => ({ id: column.id, accessorFn: () => null, size: widthOf(column), minSize: narrowest, maxSize: widest })), [columns, widthOf]);
  const columnPinning = useMemo(() => ({ start: columns.slice(0, pin).map(({ id }) => id), end: [] }), [columns, pin]);
  return useTable({
    features,
    columns: defs,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnSizing: sizing, columnPinning },
    onColumnSizingChange: setSizing,
  });
}

export type ColumnTable = ReturnType<typeof useColumnTable>;
