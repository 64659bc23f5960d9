import { Router } from 'express';
import { type BlobStore } from './blob-store';
import { findBlob } from './blob.routes';
import { sendError, sendFault } from './http-error';
import { openPicture } from './open-picture';

const smallest = 16;
const largest = 2048;

/** Re-encoded pictures: what was uploaded is never served as a picture, so it cannot carry anything but pixels. */
export function pictureRoutes({ blobs }: { blobs: BlobStore }): Router {
  const router = Router();

  router.get('/pictures/:sha256', async (req, res) => {
    const { sha256 } = req.params;
    const width = req.query.width === undefined ? largest : Number(req.query.width);
    if (!Number.isInteger(width) || width < smallest || width > largest) {
      return sendError(res, 400, 'INVALID_WIDTH', `?width= must be a whole number from ${smallest} to ${largest}, or be left out.`);
    }
    if (!(await findBlob(blobs, sha256, res))) return;
    res.set({
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}-${width}"`,
    });
    if (req.fresh) return void res.status(304).end();
    let encoded: Buffer;
    try {
      encoded = await openPicture(blobs.path(sha256)).resize({ width, height: width * 4, fit: 'inside', withoutEnlargement: true }).webp({ quality: 85 }).toBuffer();
    } catch (error) {
      res.removeHeader('etag');
      return sendError(res, 415, 'NOT_A_PICTURE', `Blob ${sha256} does not decode as a picture: ${(error as Error).message}`);
    }
    res.type('image/webp').send(encoded);
  });

  router.use(sendFault);
  return router;
}
