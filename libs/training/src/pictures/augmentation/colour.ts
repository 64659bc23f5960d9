/** What torchvision's ColorJitter draws: a factor of 1 changes nothing, 0 takes everything away. */
export interface ColourChange {
  kind: 'brightness' | 'contrast' | 'saturation';
  factor: number;
}

/** Changes RGB bytes in place, bit for bit as Pillow's ImageEnhance.Brightness, Contrast and Color do. */
export function changeColour(bytes: Uint8Array, { kind, factor }: ColourChange): void {
  const rounded = Math.fround(factor);
  if (kind === 'saturation') {
    for (let at = 0; at < bytes.length; at += 3) {
      const grey = luma(bytes, at);
      for (let channel = at; channel < at + 3; channel++) bytes[channel] = blend(grey, bytes[channel]!, rounded);
    }
    return;
  }
  const from = kind === 'contrast' ? meanLuma(bytes) : 0;
  const table = Uint8Array.from({ length: 256 }, (_, byte) => blend(from, byte, rounded));
  for (let at = 0; at < bytes.length; at++) bytes[at] = table[bytes[at]!]!;
}

/** Image.blend: in single precision, cut off to a whole byte. */
function blend(from: number, to: number, factor: number): number {
  const value = Math.fround(from + Math.fround(factor * (to - from)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

/** Image.convert("L"): ITU-R 601 in sixteen fractional bits. */
const luma = (bytes: Uint8Array, at: number) => (bytes[at]! * 19595 + bytes[at + 1]! * 38470 + bytes[at + 2]! * 7471 + 0x8000) >> 16;

function meanLuma(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 3) sum += luma(bytes, at);
  return Math.trunc(sum / (bytes.length / 3) + 0.5);
}
