import sharp from 'sharp';
import { cropBox } from '@thaw/training/pictures/augmentation/crop';
import { render } from '@thaw/training/pictures/augmentation/render';
import type { View } from '@thaw/training/pictures/augmentation/view';

/** How an error names the picture. */
export interface PictureName {
  path: string;
  sha256: string;
}

/** RGB bytes [inputSize, inputSize, 3]: turned upright, on white where it is transparent, cropped, stretched to the square (see resizeFilter), then as the view has it. */
export async function decode({ path, sha256 }: PictureName, bytes: Uint8Array, inputSize: number, view: View): Promise<Uint8Array> {
  try {
    const picture = sharp(bytes, { failOn: 'error' }).autoOrient();
    if (view.crop) {
      const { width, height } = (await picture.metadata()).autoOrient;
      picture.extract(cropBox(view.crop, width, height));
    }
    const pixels = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(inputSize, inputSize, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
      .raw({ depth: 'uchar' })
      .toBuffer();
    return render(pixels, inputSize, view);
  } catch (error) {
    throw new Error(`The picture ${path} (${sha256.slice(0, 12)}) does not decode: ${(error as Error).message}. Import the dataset again without it.`, { cause: error });
  }
}
