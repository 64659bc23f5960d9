import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name what-changed`, in this folder. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/index.ts',
  out: './migrations',
  casing: 'snake_case',
});
