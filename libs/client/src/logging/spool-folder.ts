import { homedir } from 'node:os';
import path from 'node:path';

/** Where what is not sent yet is kept: as given, else THAW_SPOOL, else ~/.thaw/spool. */
export const spoolFolder = (folder = process.env.THAW_SPOOL): string => path.resolve(folder || path.join(homedir(), '.thaw/spool'));
