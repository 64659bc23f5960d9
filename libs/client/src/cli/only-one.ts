/** The deleted thing that a name or an id means. */
export function onlyOne(what: string, wanted: string, deleted: readonly { id: string; name: string; deletedAt?: unknown }[]): { ok: true; id: string } | { ok: false; message: string } {
  const byId = deleted.find(({ id }) => id === wanted.toLowerCase());
  if (byId) return { ok: true, id: byId.id };
  const [only, another] = deleted.filter(({ name }) => name === wanted);
  if (!only) return { ok: false, message: `No ${what} "${wanted}" is deleted. ${deleted.length > 0 ? `These are: ${deleted.slice(0, 20).map(({ name }) => name).join(', ')}.` : 'Nothing of the kind is.'}` };
  if (!another) return { ok: true, id: only.id };
  const choices = deleted.filter(({ name }) => name === wanted).map(({ id, deletedAt }) => `  ${id}  deleted ${String(deletedAt)}`);
  return { ok: false, message: [`Several deleted ${what}s are named "${wanted}". Give the id of one:`, ...choices].join('\n') };
}
