'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { onReconnect } from '../../graphql/connection';
import { gather } from '../../graphql/gather';
import { onRunChanged } from '../../shell/run-changes';
import { readRuns } from './read-runs';

interface Live {
  /** Runs in sight that train. */
  training: () => readonly string[];
  /** Whether it is held, so that its row changes where it stands. */
  holds: (id: string) => boolean;
  keys: readonly string[];
  patch: (runs: readonly TableRunFragment[]) => void;
  /** When the newest run that was counted was created; later ones are new. */
  newest: string;
  refresh: () => Promise<void>;
}

/** Notices come one for each run; a sweep sends hundreds. */
const gatherMs = 400;
/** Metrics come without a notice: rows of runs that train are read this often, as often as the chart above them. */
const trainingMs = 5000;
/** What a lost notice hides is found after this time. */
const lookAgainMs = 30_000;

/**
 * Keeps rows as the runs are, each where it stands: nothing is sorted again under the reader's eyes. Answers how many
 * runs came since and are not in it.
 */
export function useLiveRuns(live: Live): { arrived: number; welcome: () => void } {
  const client = useApolloClient();
  const latest = useRef(live);
  latest.current = live;
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    let gone = false;
    const changed = gather<string>(gatherMs, (ids) => {
      if (!gone) void read([...new Set(ids)]);
    });
    const read = async (ids: string[]) => {
      const { keys } = latest.current;
      try {
        const runs = await readRuns(client, ids, keys);
        if (runs.length > 0 && keys === latest.current.keys) latest.current.patch(runs);
      } catch {
        // The banner tells that the server does not answer; everything is read again when it does.
      }
    };
    const stop = onRunChanged((id, createdAt = '') => {
      if (latest.current.holds(id)) changed.add([id]);
      else if (createdAt > latest.current.newest) setArrived((before) => new Set([...before, id]));
    });
    const again = () => {
      if (document.visibilityState === 'visible') void latest.current.refresh();
    };
    const stopReconnect = onReconnect(again);
    const poll = setInterval(again, lookAgainMs);
    const follow = setInterval(() => {
      if (document.visibilityState === 'visible') changed.add(latest.current.training());
    }, trainingMs);
    return () => {
      stop();
      stopReconnect();
      clearInterval(poll);
      clearInterval(follow);
      gone = true;
      changed.finish();
    };
  }, [client]);

  const welcome = useCallback(() => {
    setArrived(new Set());
    void latest.current.refresh();
  }, []);
  // The list may have been read since: what stands in it has nothing to be shown.
  return { arrived: [...arrived].filter((id) => !live.holds(id)).length, welcome };
}
