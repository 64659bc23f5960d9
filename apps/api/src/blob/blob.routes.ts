import { Router, type Request, type Response } from 'express';
import type { Database } from '@thaw/db';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { BlobError, type BlobErrorCode, type BlobStore, sha256Pattern } from './blob-store';
import { sendError, sendFault } from './http-error';

const statusOf: Record<BlobErrorCode, number> = { BLOB_TOO_LARGE: 413, SHA256_MISMATCH: 422, DISK_FULL: 507, STORE_FAILED: 500, UPLOAD_ABORTED: 400, BLOB_GONE: 410 };

export interface BlobRoutesOptions {
  db: Database;
  blobs: BlobStore;
  /** of one upload; 4 GiB unless told */
  maxBytes?: number;
}

export function blobRoutes({ db, blobs, maxBytes = 4 * 1024 ** 3 }: BlobRoutesOptions): Router {
  const router = Router();

  router.post('/blobs', async (req, res) => {
    // A form of another site cannot send this type without asking first, which the browser then refuses.
    if (req.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/octet-stream') {
      return refuse(req, res, 415, 'WRONG_CONTENT_TYPE', 'POST /blobs takes the raw bytes of one file, with the header "content-type: application/octet-stream".');
    }
    const { sha256 } = req.query;
    if (sha256 !== undefined && (typeof sha256 !== 'string' || !sha256Pattern.test(sha256))) {
      return refuse(req, res, 400, 'INVALID_SHA256', '?sha256= must be 64 lower-case hexadecimal digits, or be left out.');
    }
    if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
      return refuse(req, res, 413, 'BLOB_TOO_LARGE', `A blob may have ${maxBytes} bytes at most; this one has ${req.headers['content-length']}.`);
    }
    try {
      // The socket must outlive a failed write, or the answer that explains it is lost.
      const stored = await blobs.put(req.iterator({ destroyOnReturn: false }), { maxBytes, sha256 });
      res.status(201).json(stored);
    } catch (error) {
      if (!(error instanceof BlobError)) throw error;
      refuse(req, res, statusOf[error.code], error.code, error.message);
    }
  });

  // Express answers HEAD through GET.
  router.get('/blobs/:sha256', async (req, res, next) => {
    const { sha256 } = req.params;
    if (!(await findBlob(blobs, sha256, res))) return;
    // Who asks before an upload must send what is a mere file, left by a crash, once more.
    if (req.method === 'HEAD' && (await findBlobSizes(db, [sha256])).size === 0) return void res.status(404).end();
    res.set({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    });
    // `root` keeps a dot in THAW_HOME (~/.thaw) from counting as a hidden file.
    res.sendFile(`${sha256.slice(0, 2)}/${sha256}`, { root: blobs.folder, cacheControl: false, lastModified: false }, (error) => {
      if (error && !res.headersSent) next(error);
    });
  });

  router.use(sendFault);
  return router;
}

/** Answers 400 or 404 itself when it returns false. */
export async function findBlob(blobs: BlobStore, sha256: string, res: Response): Promise<boolean> {
  if (!sha256Pattern.test(sha256)) {
    sendError(res, 400, 'INVALID_SHA256', `"${sha256.slice(0, 80)}" is not a sha256: 64 lower-case hexadecimal digits.`);
    return false;
  }
  if ((await blobs.size(sha256)) === null) {
    sendError(res, 404, 'BLOB_NOT_FOUND', `There is no blob ${sha256} here. Upload it with POST /blobs.`);
    return false;
  }
  return true;
}

/** The rest of the body is read and dropped, so that the client gets to the answer. */
function refuse(req: Request, res: Response, status: number, code: string, message: string): void {
  req.resume();
  sendError(res, status, code, message);
}
