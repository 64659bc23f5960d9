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
