export interface TagChange { ids: string[]; add: string[]; remove: string[] }

/** What gives runs the tags they had before a change. Runs differ in what the change did to them: one way back for those it did the same to. */
export function waysBack(before: readonly { id: string; tags: readonly string[] }[], change: Pick<TagChange, 'add' | 'remove'>): TagChange[] {
  const ways = new Map<string, TagChange>();
  for (const { id, tags } of before) {
    const way = { add: change.remove.filter((tag) => tags.includes(tag)), remove: change.add.filter((tag) => !tags.includes(tag)) };
    const key = JSON.stringify(way);
    const same = ways.get(key);
    if (same) same.ids.push(id);
    else ways.set(key, { ids: [id], ...way });
  }
  return [...ways.values()];
}
