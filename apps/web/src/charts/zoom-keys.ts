import type { MinMax } from './drawn-line';

type Action = { x: number } | { zoom: MinMax | null };

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key means for a chart that shows `shown` of `whole` with the cursor at `at`; null when nothing. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key, shown: MinMax, whole: MinMax, at: number | null, log: boolean): Action | null {
  if (ctrlKey || metaKey || altKey) return null;
  const [into, from] = log ? [Math.log10, (value: number) => 10 ** value] : [Number, Number];
  const [low, high] = [into(shown[0]), into(shown[1])];
  const width = high - low;
  const middle = at === null || at < shown[0] || at > shown[1] ? (low + high) / 2 : into(at);
  const zoom = (a: number, b: number): Action => ({ zoom: [from(a), from(b)] });
  const [least, most] = [into(whole[0]), into(whole[1])];
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const by = (key === 'ArrowLeft' ? -1 : 1) * width;
      if (shiftKey) {
        const moved = Math.max(Math.min(0, least - low), Math.min(Math.max(0, most - high), by / 4));
        return zoom(low + moved, high + moved);
      }
      return { x: from(Math.min(high, Math.max(low, middle + by / 50))) };
    }
    case '+':
    case '=':
      return zoom(middle - width / 4, middle + width / 4);
    case '-':
      return middle - width <= least && middle + width >= most ? { zoom: null } : zoom(Math.max(least, middle - width), Math.min(most, middle + width));
    case 'Escape':
      return { zoom: null };
    default:
      return null;
  }
}
