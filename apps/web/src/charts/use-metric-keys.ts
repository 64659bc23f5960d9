'use client';

import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useState } from 'react';
import { FindMetricKeysDocument } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { sortMetricKeys } from './metric-keys';

const pageSize = 50;

/** Keys of the project's metrics that contain what was typed; never all of them. wanted: somebody looks at them. */
export function useMetricKeys(wanted: boolean) {
  const project = useProject();
  const [typed, setTyped] = useState('');
  const contains = useDeferredValue(typed.trim());
  const { data, previousData, loading, error } = useQuery(FindMetricKeysDocument, { variables: { project, contains: contains || null, first: pageSize }, fetchPolicy: 'cache-and-network', skip: !wanted });
  const found = (data ?? previousData)?.keys;
  return { search: setTyped, typed, keys: sortMetricKeys(found?.nodes.map(({ name }) => name) ?? []), more: found?.pageInfo.hasNextPage ?? false, loading, error };
}
