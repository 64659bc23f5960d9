import { cropBox, enlargeBox } from './augmentation/crop';
import { render } from './augmentation/render';
import { drawsNothing, type View } from './augmentation/view';
import type { MemoryBudget } from './memory-budget';

/** Decoded pictures, one at a time. */
export interface PictureSource {
  count: number;
  /** Class index of every picture. */
  labels: Int32Array;
  /** Names the pictures and their order by content. Without it, what is computed from them is not kept between runs. */
  digest?: string;
  /** RGB bytes [inputSize, inputSize, 3], already resized, as the view has them. The caller does not change them. */
  read(index: number, view: View): Promise<Uint8Array>;
}

/** For pictures that are there only at the model's size: what is cropped is enlarged again. */
export function renderDecoded(bytes: Uint8Array, side: number, view: View): Uint8Array {
  if (drawsNothing(view)) return bytes;
  return render(view.crop ? enlargeBox(bytes, side, cropBox(view.crop, side, side)) : new Uint8Array(bytes), side, view);
}

/** Keeps plain pictures in memory while the budget lasts and nothing better needs it, so that later epochs decode nothing; mirrored ones come from them. */
export function remembered(source: PictureSource, side: number, budget: MemoryBudget): PictureSource {
  const kept = new Map<number, Uint8Array>();
  const room = budget.lender(() => kept.clear());
  const plain = async (index: number, view: View) => {
    const known = kept.get(index);
    if (known) return known;
    const bytes = await source.read(index, view);
    if (!kept.has(index) && room.take(bytes.length)) kept.set(index, bytes);
    return bytes;
  };
  return {
    ...source,
    async read(index, view) {
      const whole = view.crop === null && view.angle === 0 && view.colour.length === 0;
      return whole ? renderDecoded(await plain(index, { ...view, mirror: false }), side, view) : source.read(index, view);
    },
  };
}
