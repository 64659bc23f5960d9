import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { BlobError } from '../blob/blob-store';
import { sendError, sendFault } from '../blob/http-error';
import type { Services } from '../context';
import { BadBackup } from './backup-format';
import { restoreBackup } from './restore-backup';
import { writeBackup } from './write-backup';

/**
 * Whoever can reach these routes can copy the whole installation, as with the API itself. A page of another site cannot:
 * it may send neither the header nor the content type without asking first, which is never granted.
 */
export function backupRoutes(services: Services): Router {
  const router = Router();

  router.get('/backup', async (req, res) => {
    if (req.headers['x-thaw'] !== 'backup') return sendError(res, 400, 'HEADER_MISSING', 'GET /backup wants the header "x-thaw: backup"; thaw backup FILE sends it.');
    try {
      const done = await writeBackup(services, async (file) => {
        res.status(200).set({ 'content-type': 'application/x-tar', 'cache-control': 'no-store' });
        await pipeline(file, res);
      });
      if (done === 'GC_RUNNING') sendError(res, 409, done, 'gc is running, which takes files away. Take the backup when it is done.');
    } catch (error) {
      // The connection breaks off, so that nobody takes the half for the whole.
      if (res.headersSent) {
        services.log.error({ err: error }, 'a backup broke off');
        return void res.destroy(error as Error);
      }
      if (!(error instanceof BadBackup)) throw error;
      sendError(res, 500, error.code, error.message);
    }
  });

  router.post('/restore', async (req, res) => {
    if (req.headers['content-type'] !== 'application/x-tar') return refuse(req, res, 415, 'WRONG_CONTENT_TYPE', 'POST /restore takes a file that thaw backup wrote, with the header "content-type: application/x-tar".');
    try {
      res.json(await restoreBackup(services, req.iterator({ destroyOnReturn: false })));
    } catch (error) {
      if (error instanceof BadBackup) return refuse(req, res, statusOf[error.code] ?? 422, error.code, error.message);
      if (error instanceof BlobError) return refuse(req, res, error.code === 'DISK_FULL' ? 507 : 500, error.code, `${error.message} Nothing was restored.`);
      throw error;
    }
  });

  router.use(sendFault);
  return router;
}

const statusOf: Record<string, number> = { NOT_EMPTY: 409, MAINTENANCE_RUNNING: 409 };

/** The rest of the body is read and dropped, so that the client gets to the answer. */
function refuse(req: Request, res: Response, status: number, code: string, message: string): void {
  req.resume();
  sendError(res, status, code, message);
}
