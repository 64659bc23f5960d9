import { changeColour } from './colour';
import { rotate } from './rotate';
import type { View } from './view';

/** What of a view is left to do once the picture is cropped and at the model's size. May change `bytes` and may return them. */
export function render(bytes: Uint8Array, side: number, { mirror, angle, colour }: View): Uint8Array {
  if (mirror) mirrorRows(bytes, side);
  const turned = angle === 0 ? bytes : rotate(bytes, side, angle);
  for (const change of colour) changeColour(turned, change);
  return turned;
}

function mirrorRows(bytes: Uint8Array, side: number): void {
  for (let row = 0; row < bytes.length; row += side * 3) {
    for (let left = row, right = row + (side - 1) * 3; left < right; left += 3, right -= 3) {
      for (let channel = 0; channel < 3; channel++) {
        [bytes[left + channel], bytes[right + channel]] = [bytes[right + channel]!, bytes[left + channel]!];
      }
    }
  }
}
