import { openPicture } from '../blob/open-picture';
import { readText } from './read-json';

const rasterTypes: Record<string, string> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' };
export const svgType = 'image/svg+xml';

/** The media type of an IMAGE's bytes; throws an Error that says why it is none. */
export async function readImage(bytes: Uint8Array): Promise<string> {
  if (isSvg(bytes)) return svgType;
  const picture = openPicture(bytes);
  const { format } = await picture.metadata().catch((error: Error) => {
    throw new Error(`it does not decode as a picture (${error.message}). Save it as PNG, JPEG, WebP, GIF or SVG`);
  });
  const type = rasterTypes[format ?? ''];
  if (!type) throw new Error(`it is a picture of format ${format}. Save it as PNG, JPEG, WebP, GIF or SVG`);
  // Reads every pixel: a picture that is cut off shows only so.
  await picture.resize(8, 8, { fit: 'fill' }).raw().toBuffer().catch((error: Error) => {
    throw new Error(`it is broken or cut off (${error.message}). Save it again`);
  });
  return type;
}

/** Of bytes that were checked when they came. */
export function imageTypeOf(start: Uint8Array): string {
  if (start[0] === 0x89) return 'image/png';
  if (start[0] === 0xff) return 'image/jpeg';
  if (start[0] === 0x47) return 'image/gif';
  if (start[0] === 0x52) return 'image/webp';
  return svgType;
}

/** An XML document whose root is <svg>, after what may stand before it, and which is there to its end. */
function isSvg(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').replace(/^\xef\xbb\xbf/, '').trimStart();
  if (!start.startsWith('<')) return false;
  const document = readText(bytes).trim();
  return /^(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>\s*)*<svg[\s>/]/.test(document) && /(<\/svg\s*|\/)>$/.test(document);
}
