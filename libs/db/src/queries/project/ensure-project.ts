import type { Executor } from '../../connect';
import type { ProjectRow } from '../../schema';
import { findProjectByName } from './find-project-by-name';
import { insertProject } from './insert-project';

/** The project of that name, made when there is none. */
export async function ensureProject(db: Executor, name: string): Promise<ProjectRow> {
  const row = (await findProjectByName(db, name)) ?? (await insertProject(db, { name, description: null })) ?? (await findProjectByName(db, name));
  if (!row) throw new Error(`Project "${name}" was deleted while it was made.`);
  return row;
}
