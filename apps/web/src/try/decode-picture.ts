import { onWhite, type Picture } from '@thaw/pixels';

/**
 * What the trainer makes of a picture before it stretches it: upright as EXIF says, in sRGB by its own colour profile,
 * on white where it is transparent. Throws in words a person can act on.
 */
export async function decodePicture(file: Blob, name: string): Promise<Picture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image', premultiplyAlpha: 'none', colorSpaceConversion: 'default' });
  } catch {
    throw new Error(`${name} is no picture this browser can read. JPEG, PNG, WebP, AVIF and GIF work.`);
  }
  try {
    return pixelsOf(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** A still of anything a canvas can draw. */
export function pixelsOf(source: CanvasImageSource, width: number, height: number): Picture {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (!context) throw new Error(`This browser cannot draw ${width} × ${height} pixels. Give a smaller picture.`);
  context.drawImage(source, 0, 0);
  return { width, height, data: onWhite(context.getImageData(0, 0, width, height).data) };
}
