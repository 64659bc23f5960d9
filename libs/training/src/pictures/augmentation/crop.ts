import type { Random } from '../../random';

/** One attempt at a random crop, in shares of whatever size the picture has. */
export interface CropDraw {
  /** of the picture's area */
  area: number;
  /** width by height */
  ratio: number;
  /** Place of the left edge and the upper edge, in [0, 1). */
  x: number;
  y: number;
}

export interface Crop {
  attempts: readonly CropDraw[];
  /** width by height, and height by width, at most */
  maxRatio: number;
}

/** In pixels of the picture. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** torchvision's RandomResizedCrop.get_params makes ten attempts: area evenly, ratio evenly in its logarithm. */
export function drawCrop(random: Random, minScale: number, maxRatio: number): Crop {
  const attempt = (): CropDraw => ({
    area: minScale + random() * (1 - minScale),
    ratio: Math.exp((random() * 2 - 1) * Math.log(maxRatio)),
    x: random(),
    y: random(),
  });
  return { attempts: Array.from({ length: 10 }, attempt), maxRatio };
}

/** The first attempt that fits into the picture; without one, the largest box in its middle with a ratio that is allowed. */
export function cropBox({ attempts, maxRatio }: Crop, pictureWidth: number, pictureHeight: number): Box {
  for (const { area, ratio, x, y } of attempts) {
    const target = pictureWidth * pictureHeight * area;
    const width = Math.round(Math.sqrt(target * ratio));
    const height = Math.round(Math.sqrt(target / ratio));
    if (width < 1 || height < 1 || width > pictureWidth || height > pictureHeight) continue;
    return { left: Math.floor(x * (pictureWidth - width + 1)), top: Math.floor(y * (pictureHeight - height + 1)), width, height };
  }
  const width = Math.max(1, Math.min(pictureWidth, Math.round(pictureHeight * maxRatio)));
  const height = Math.max(1, Math.min(pictureHeight, Math.round(pictureWidth * maxRatio)));
  return { left: Math.floor((pictureWidth - width) / 2), top: Math.floor((pictureHeight - height) / 2), width, height };
}

/**
 * Enlarges `box` of RGB bytes [side, side, 3] to the whole, as Pillow's resize(BILINEAR, box) does: pixel centres are at
 * halves, and the outermost pixels go on beyond the edge of the box. For pictures that are there only at the model's size.
 */
export function enlargeBox(bytes: Uint8Array, side: number, { left, top, width, height }: Box): Uint8Array {
  const columns = neighbours(side, left, width);
  const rows = neighbours(side, top, height);
  const result = new Uint8Array(bytes.length);
  for (let y = 0; y < side; y++) {
    const row = rows[y]!;
    for (let x = 0; x < side; x++) {
      const column = columns[x]!;
      for (let channel = 0; channel < 3; channel++) {
        const at = (line: number, place: number) => bytes[(line * side + place) * 3 + channel]!;
        const upper = at(row.before, column.before) * (1 - column.share) + at(row.before, column.after) * column.share;
        const lower = at(row.after, column.before) * (1 - column.share) + at(row.after, column.after) * column.share;
        result[(y * side + x) * 3 + channel] = Math.round(upper * (1 - row.share) + lower * row.share);
      }
    }
  }
  return result;
}

/** For each of `side` places along a stretch of source pixels: the two it lies between, and how near it is to the second. */
function neighbours(side: number, start: number, length: number) {
  return Array.from({ length: side }, (_, place) => {
    const at = Math.min(Math.max(((place + 0.5) * length) / side - 0.5, 0), length - 1);
    const before = Math.floor(at);
    return { before: start + before, after: start + Math.min(before + 1, length - 1), share: at - before };
  });
}
