import type { PoolClient } from 'pg';

/** Hashes of the migrations that have been applied, in order. */
export async function readSchemaLevel(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>('/* readSchemaLevel */ select hash from drizzle.__drizzle_migrations order by created_at');
  return rows.map(({ hash }) => hash);
}
