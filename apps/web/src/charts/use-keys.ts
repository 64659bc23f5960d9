'use client';

import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useState } from 'react';
import { FindKeysDocument, type KeyKind } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { sortMetricKeys } from './metric-keys';

const pageSize = 50;

/** Keys of the project's metrics or config values that contain what was typed; never all of them. wanted: somebody looks at them. */
export function useKeys(kind: KeyKind, wanted: boolean) {
  const project = useProject();
  const [typed, setTyped] = useState('');
  const contains = useDeferredValue(typed.trim());
  const { data, previousData, loading, error } = useQuery(FindKeysDocument, { variables: { project, kind, contains: contains || null, first: pageSize }, fetchPolicy: 'cache-and-network', skip: !wanted });
  const found = (data ?? previousData)?.keys;
  return { search: setTyped, typed, keys: sortMetricKeys(found?.nodes.map(({ name }) => name) ?? []), more: found?.pageInfo.hasNextPage ?? false, loading, error };
}
