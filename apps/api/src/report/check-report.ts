import { userError, type UserError } from '../errors';
import { checkName } from '../names';

/** UTF-8 */
const mostBytes = 256 * 1024;

export const checkTitle = (title: string): UserError[] => checkName('title', title);

export function checkBody(body: string): UserError[] {
  const bytes = Buffer.byteLength(body);
  if (bytes > mostBytes) return [userError('body', 'BODY_TOO_LARGE', `body has ${Math.ceil(bytes / 1024)} KiB. A report has at most ${mostBytes / 1024} KiB of Markdown: cut it into several reports, and log large tables as artifacts of a run.`)];
  if (body.includes('\0') || !isWellFormed(body)) return [userError('body', 'INVALID_BODY', 'body has a NUL character or half a character (a lone surrogate) in it, which cannot be stored. Send it as valid Unicode text.')];
  return [];
}

const isWellFormed = (text: string): boolean => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
