import type { ApolloClient } from '@apollo/client';
import { RunGroupsDocument, type MetricAggregateInput } from '../../generated/graphql';
import type { RunColumn } from '../table/columns';
import { readPages, type RunList } from '../table/read-runs';
import { RunPages } from '../table/run-pages';
import { GroupTree } from './group-tree';
import { orderGroups } from './order-groups';

const mostGroups = 500;

interface Grown { client: ApolloClient; list: RunList; by: readonly RunColumn[]; metrics: MetricAggregateInput[]; keys: readonly string[]; open: readonly string[]; changed: (tree: GroupTree) => void }

/** The groups of a list, read from the server. A part of the page's code of its own: most tables are not grouped. */
export function growTree({ client, list, by, metrics, keys, open, changed }: Grown): GroupTree {
  const tree: GroupTree = new GroupTree({
    titles: by.map(({ title }) => title),
    readGroups: async (level, filter) => {
      const group = by[level]!.group!;
      // The filter of a group holds the search that led to it.
      const variables = { project: list.project, search: level === 0 ? list.search : null, filter: level === 0 ? list.filter : filter, fields: 'field' in group ? [group.field] : [], by: 'param' in group ? [group.param] : [], metrics, first: mostGroups };
      const { runGroups } = (await client.query({ query: RunGroupsDocument, variables, fetchPolicy: 'no-cache' })).data!;
      return { groups: orderGroups(runGroups.nodes, list.orderBy, group), total: runGroups.totalCount };
    },
    openPages: (filter, told) => new RunPages(readPages(client, { ...list, search: null, filter }, keys), told),
    changed: () => changed(tree),
  }, open);
  return tree;
}
