'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { DatasetPicturesDocument, type DatasetPicturesQuery, type DatasetPicturesQueryVariables } from '../../generated/graphql';

export type ListedPicture = NonNullable<NonNullable<DatasetPicturesQuery['dataset']>['version']>['pictures']['nodes'][number];
export type PictureFilter = Omit<DatasetPicturesQueryVariables, 'first' | 'offset'>;

/** Pictures read at a time. */
const page = 120;
/** What one answer may hold. */
const most = 1000;

export interface Pictures {
  /** null until the first answer. */
  total: number | null;
  error: Error | null;
  at: (index: number) => ListedPicture | undefined;
  /** Reads what of these places is not there yet. */
  want: (from: number, to: number) => void;
  /** From one place up to another one, read for the occasion where need be. */
  range: (from: number, to: number) => Promise<ListedPicture[]>;
  retry: () => void;
}

/** A list of any length, of which only what is looked at is read. */
export function usePictures(filter: PictureFilter): Pictures {
  const client = useApolloClient();
  const key = JSON.stringify(filter);
  const pages = useRef<{ key: string; read: Map<number, ListedPicture[] | null> }>({ key, read: new Map() });
  const [total, setTotal] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [, draw] = useState(0);
  if (pages.current.key !== key) pages.current = { key, read: new Map() };

  const ask = useCallback(async (offset: number, first: number) => {
    const { data } = await client.query({ query: DatasetPicturesDocument, variables: { ...(JSON.parse(key) as PictureFilter), first, offset }, fetchPolicy: 'no-cache' });
    return data!.dataset!.version!.pictures;
  }, [client, key]);

  const want = useCallback((from: number, to: number) => {
    const { read } = pages.current;
    for (let index = Math.floor(from / page); index <= Math.floor(Math.max(from, to) / page); index++) {
      if (read.has(index)) continue;
      read.set(index, null);
      ask(index * page, page).then(({ nodes, totalCount }) => {
        if (pages.current.read !== read) return;
        read.set(index, nodes);
        setTotal(totalCount);
        setError(null);
        draw((drawn) => drawn + 1);
      }, (failure: Error) => {
        read.delete(index);
        if (pages.current.read === read) setError(failure);
      });
    }
  }, [ask]);

  useEffect(() => {
    setError(null);
    want(0, 0);
  }, [want]);

  const at = (index: number) => pages.current.read.get(Math.floor(index / page))?.[index % page];
  const range = async (from: number, to: number) => {
    const [start, end] = from < to ? [from, to] : [to, from];
    const known = Array.from({ length: end - start + 1 }, (_, offset) => at(start + offset));
    if (known.every((each) => each !== undefined)) return known;
    const found: ListedPicture[] = [];
    for (let offset = start; offset <= end; offset += most) found.push(...(await ask(offset, Math.min(most, end - offset + 1))).nodes);
    return found;
  };
  return { total, error, at, want, range, retry: () => want(0, 0) };
}
