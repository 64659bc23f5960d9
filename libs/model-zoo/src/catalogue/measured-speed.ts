import type { MeasuredSpeed } from './backbone-spec';
import speeds from './speeds.json';

const rows: Record<string, { native: number; wasm: number }> = speeds.rows;

/** As libs/training/scripts/measure-backbone-speeds.ts measured it last; null of a row it has not seen yet. */
export function measuredSpeed(name: string): MeasuredSpeed | null {
  const row = rows[name];
  return row ? { ...row, machine: speeds.machine } : null;
}
