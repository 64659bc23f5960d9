import type { RunFilter, RunGroupsQuery } from '../../generated/graphql';
import type { Entries, Entry } from '../table/row-entries';
import { pageSize, type RunPages } from '../table/run-pages';

type Answer = RunGroupsQuery['runGroups']['nodes'][number];

export interface GroupNode extends Answer {
  /** Values from the outermost group to this one. */
  path: string;
  depth: number;
  /** What it is grouped by. */
  title: string;
  value: unknown;
  expanded: boolean;
  children: GroupNode[] | null;
  /** Groups that were not listed: there are more than one answer holds. */
  unlisted: number;
  pages: RunPages | null;
  reading: Promise<void> | null;
  error: Error | null;
}

export interface GroupLevel { groups: readonly Answer[]; total: number }

interface Sources {
  /** One for each level. */
  titles: readonly string[];
  readGroups: (level: number, filter: RunFilter | null) => Promise<GroupLevel>;
  openPages: (filter: RunFilter, changed: () => void) => RunPages;
  changed: () => void;
}

/** Groups within groups, and the runs of the innermost; each is read when it is opened. */
export class GroupTree {
  roots: GroupNode[] | null = null;
  unlisted = 0;
  error: Error | null = null;
  readonly #sources: Sources;
  #open: ReadonlySet<string>;

  /** open: paths of groups to unfold. */
  constructor(sources: Sources, open: readonly string[]) {
    this.#sources = sources;
    this.#open = new Set(open);
    void this.read();
  }

  /** Reads the outermost groups, again after a change; those that were open stay open. */
  async read(): Promise<void> {
    try {
      const { nodes, unlisted } = await this.#readLevel(0, null, '');
      this.roots = nodes;
      this.unlisted = unlisted;
      this.error = null;
      await this.#follow(nodes);
    } catch (error) {
      this.error = error as Error;
    }
    this.#sources.changed();
  }

  /** Unfolds the groups of these paths, and folds all others. */
  unfold(open: readonly string[]): void {
    this.#open = new Set(open);
    void this.#follow(this.roots ?? []).then(this.#sources.changed);
    this.#sources.changed();
  }

  /** Of all groups that are open. */
  openPages(): RunPages[] {
    return this.#all().flatMap(({ expanded, pages }) => (expanded && pages ? [pages] : []));
  }

  entries(): Entries {
    const parts: { start: number; count: number; at: (index: number) => Entry; pages?: RunPages }[] = [];
    let count = 0;
    const add = (size: number, at: (index: number) => Entry, pages?: RunPages) => {
      parts.push({ start: count, count: size, at, pages });
      count += size;
    };
    const note = (text: string, depth: number) => add(1, () => ({ kind: 'note', text, depth }));
    const visit = (nodes: readonly GroupNode[], unlisted: number, depth: number) => {
      for (const group of nodes) {
        add(1, () => ({ kind: 'group', group }));
        if (!group.expanded) continue;
        if (group.error) note(`These runs could not be read: ${group.error.message}`, depth + 1);
        else if (group.children) visit(group.children, group.unlisted, depth + 1);
        else if (group.pages) add(group.pages.total ?? group.count, (index) => ({ kind: 'run', run: group.pages!.at(index), depth: depth + 1 }), group.pages);
        else note('Reading …', depth + 1);
      }
      if (unlisted > 0) note(`${unlisted.toLocaleString('en-US')} smaller groups are not listed; search to narrow them down.`, depth);
    };
    visit(this.roots ?? [], this.unlisted, 0);
    const partAt = (index: number) => parts[lastStartingAt(parts, index)];
    return {
      count,
      at: (index) => {
        const part = partAt(index)!;
        return part.at(index - part.start);
      },
      ensure: (from, to) => {
        for (const { start, count: size, pages } of parts) if (pages && start <= to && start + size > from) pages.ensure(Math.max(0, from - start), Math.min(size - 1, to - start));
      },
    };
  }

  async #readLevel(level: number, filter: RunFilter | null, path: string): Promise<{ nodes: GroupNode[]; unlisted: number }> {
    const { groups, total } = await this.#sources.readGroups(level, filter);
    const nodes = groups.map((group): GroupNode => {
      const { value } = group.values[0]!;
      return { ...group, path: `${path}/${JSON.stringify(value ?? null)}`, depth: level, title: this.#sources.titles[level]!, value, expanded: false, children: null, unlisted: 0, pages: null, reading: null, error: null };
    });
    return { nodes, unlisted: Math.max(0, total - nodes.length) };
  }

  async #follow(nodes: readonly GroupNode[]): Promise<void> {
    await Promise.all(nodes.map(async (node) => {
      node.expanded = this.#open.has(node.path);
      if (!node.expanded) return;
      await (node.reading ??= this.#readInside(node).finally(() => (node.reading = null)));
      await this.#follow(node.children ?? []);
    }));
  }

  async #readInside(node: GroupNode): Promise<void> {
    if (node.children || node.pages) return;
    if (node.depth === this.#sources.titles.length - 1) {
      node.pages = this.#sources.openPages(node.filter as RunFilter, this.#sources.changed);
      node.pages.ensure(0, pageSize - 1);
      return;
    }
    try {
      const { nodes, unlisted } = await this.#readLevel(node.depth + 1, node.filter as RunFilter, node.path);
      Object.assign(node, { children: nodes, unlisted, error: null });
    } catch (error) {
      node.error = error as Error;
    }
  }

  #all(nodes: readonly GroupNode[] = this.roots ?? []): GroupNode[] {
    return nodes.flatMap((node) => [node, ...this.#all(node.children ?? [])]);
  }
}

function lastStartingAt(parts: readonly { start: number }[], index: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (parts[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
