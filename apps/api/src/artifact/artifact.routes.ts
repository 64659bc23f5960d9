import type { Database } from '@thaw/db';
import { findArtifact } from '@thaw/db/queries/artifact/find-artifact';
import { Router } from 'express';
import type { BlobStore } from '../blob/blob-store';
import { findBlob } from '../blob/blob.routes';
import { sendError, sendFault } from '../blob/http-error';
import { isSingleFile } from './check-content';
import { imageTypeOf, svgType } from './image-type';

/** Artifacts of one file, as the browser shows them: nothing of them may run. */
export function artifactRoutes({ db, blobs }: { db: Database; blobs: BlobStore }): Router {
  const router = Router();

  router.get('/artifacts/:id', async (req, res, next) => {
    const artifact = await findArtifact(db, req.params.id);
    if (!artifact) return sendError(res, 404, 'ARTIFACT_NOT_FOUND', `There is no artifact ${req.params.id.slice(0, 80)}: it was replaced or deleted. Artifact.url says where it is now.`);
    const [file] = artifact.files;
    if (!file || !isSingleFile(artifact.kind)) return sendError(res, 404, 'NOT_ONE_FILE', `An artifact of kind ${artifact.kind} is a folder of files: fetch each from /blobs/<sha256>.`);
    if (!(await findBlob(blobs, file.sha256, res))) return;
    const type = artifact.kind === 'TEXT' ? 'text/plain; charset=utf-8' : artifact.kind === 'IMAGE' ? await typeOfImage(blobs, file.sha256) : 'application/json';
    res.set({
      'content-type': type,
      // A page that embeds an SVG with <img> sees it all the same; one who opens it gets a file, in which nothing runs.
      'content-disposition': type === svgType ? 'attachment; filename="image.svg"' : 'inline',
      // Replacing an artifact gives it another id; deleting its run must be seen.
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: `"${file.sha256}"`,
    });
    res.sendFile(`${file.sha256.slice(0, 2)}/${file.sha256}`, { root: blobs.folder, cacheControl: false, lastModified: false }, (error) => {
      if (error && !res.headersSent) next(error);
    });
  });

  router.use(sendFault);
  return router;
}

async function typeOfImage(blobs: BlobStore, sha256: string): Promise<string> {
  for await (const chunk of blobs.stream(sha256, { end: 0 })) return imageTypeOf(chunk as Buffer);
  return svgType;
}
