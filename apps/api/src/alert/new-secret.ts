import { randomBytes } from 'node:crypto';

/** As Standard Webhooks writes them: 24 to 64 random bytes. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
