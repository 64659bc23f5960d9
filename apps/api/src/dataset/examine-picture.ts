import { openPicture } from '../blob/open-picture';
import { perceptualHash } from './perceptual-hash';

export interface ExaminedPicture {
  /** pixels, orientation applied */
  width: number;
  height: number;
  perceptualHash: bigint;
}

/** This one file cannot be used; the others can. The message completes "<path>: …". */
export class UnreadablePicture extends Error {}

/** Reads every pixel, so that a picture that is cut off is found now and not while training. */
export async function examinePicture(source: Uint8Array | string): Promise<ExaminedPicture> {
  try {
    const picture = openPicture(source);
    const { autoOrient } = await picture.metadata();
    return { width: autoOrient.width, height: autoOrient.height, perceptualHash: await perceptualHash(picture) };
  } catch (error) {
    throw new UnreadablePicture(`does not decode as a picture: ${(error as Error).message.split('\n')[0]!.replace(/^Input (buffer|file) /, 'it ')}`);
  }
}
