import sharp, { type Sharp, type SharpOptions } from 'sharp';

// Files come from anywhere: only loaders of plain raster formats run (no SVG, PDF or ImageMagick).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif', 'VipsForeignLoadHeif', 'VipsForeignLoadTiff'] });
// Callers decode several pictures at once; threads within one picture would only compete.
sharp.concurrency(1);

const options: SharpOptions = {
  // A truncated or broken picture is an error; an odd ICC profile or stray marker is not.
  failOn: 'error',
  limitInputPixels: 100_000_000,
};

/** A decoder for a picture's bytes or its path, turned as its EXIF orientation says. */
export function openPicture(source: Uint8Array | string): Sharp {
  return sharp(source, options).autoOrient();
}

export interface PictureSize {
  /** pixels, orientation applied */
  width: number;
  height: number;
}

/** Reads every pixel, so that a picture that is cut off is found now and not while training. Throws when it does not decode. */
export async function measurePicture(source: Uint8Array | string): Promise<PictureSize> {
  const picture = openPicture(source);
  const { autoOrient } = await picture.metadata();
  await picture.clone().resize(8, 8, { fit: 'fill' }).raw().toBuffer();
  return { width: autoOrient.width, height: autoOrient.height };
}
