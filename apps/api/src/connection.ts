import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { badInput } from './errors';

@ObjectType({ description: 'Where a page ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more match.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to get the next page.' })
  endCursor!: string | null;
}

/** The Relay connection and edge types of one node type: `RunConnection`, `RunEdge`. */
export function connectionType(node: ClassType, name: string) {
  @ObjectType(`${name}Edge`, { description: 'A node and where it stands in its list.' })
  class Edge {
    @Field(() => String, { description: 'Give it as `after` to go on behind this node.' })
    cursor!: string;

    @Field(() => node, { description: 'What is listed.' })
    node!: unknown;
  }

  @ObjectType(`${name}Connection`)
  class Connection {
    @Field(() => [Edge], { description: 'The page, each node with its cursor.' })
    edges!: Edge[];

    @Field(() => [node], { description: 'The page, without cursors.' })
    nodes!: unknown[];

    @Field(() => PageInfo, { description: 'Where the page ends.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { name: 'totalCount', description: 'All that match, over every page; counted only when asked for.' })
    countAll(): Promise<number> | number {
      return this.count();
    }

    count!: () => Promise<number> | number;
  }
  return Connection;
}

/** One page as a connection resolver returns it. */
export interface Page<Row> {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: PageInfo;
  count: () => Promise<number> | number;
}

/** rows: up to first + 1 of them; the one too many only tells that there is a next page. */
export function toPage<Row>(rows: readonly Row[], first: number, cursorOf: (row: Row) => string, count: Page<Row>['count']): Page<Row> {
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return { edges, nodes, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null }, count };
}

export function checkFirst(first: number, most = 1000): number {
  if (Number.isInteger(first) && first >= 1 && first <= most) return first;
  throw badInput(`first is ${first}. It must be from 1 to ${most}; page on with after.`);
}

/** Opaque to callers: the position of a row in its order, as JSON in base64url. */
export const encodeCursor = (position: readonly unknown[]): string => Buffer.from(JSON.stringify(position)).toString('base64url');

export function decodeCursor(cursor: string, argument = 'after'): unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    // Decoding skips what is no base64url; a cursor that holds such things is not as we gave it.
    if (Array.isArray(position) && encodeCursor(position) === cursor) return position;
  } catch {
    // falls through: not a cursor of ours
  }
  throw badInput(`${argument} is no cursor of this list. Pass pageInfo.endCursor of its previous page, with the same filter and order.`);
}
