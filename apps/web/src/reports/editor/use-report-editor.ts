'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useDraft } from '../../draft/use-draft';
import { RestoreReportVersionDocument, UpdateReportDocument, type ReportTextFragment } from '../../generated/graphql';
import { onReconnect } from '../../graphql/connection';
import { Unreachable } from '../../graphql/unreachable';

/** Typing pauses this long before it is saved. */
const pauseMs = 900;
/** After a failure that may pass. */
const retryMs = 3000;

export type SaveState =
  | { is: 'saved' | 'unsaved' | 'saving' }
  /** retrying: it is tried again by itself */
  | { is: 'failed'; why: string; retrying: boolean }
  | { is: 'conflict'; current: ReportTextFragment };

interface Typed { title: string; body: string; version: number }
const typedOf = ({ title, body, version }: ReportTextFragment): Typed => ({ title, body, version });
const sameText = (a: Pick<Typed, 'title' | 'body'>, b: Pick<Typed, 'title' | 'body'>) => a.title === b.title && a.body === b.body;

/**
 * The text of a report as it is typed: kept in the browser at once, saved after a pause, held back when somebody else
 * changed the report meanwhile. stored: as the server has it, read now and then.
 */
export function useReportEditor(stored: ReportTextFragment, keyOf: string) {
  const client = useApolloClient();
  const [base, setBase] = useState(stored);
  const { draft, change, forget } = useDraft<Typed>(keyOf, typedOf(base));
  const [state, setState] = useState<SaveState>({ is: 'saved' });
  const latest = useRef({ draft, base });
  latest.current = { draft, base };
  const saving = useRef(false);
  /** Asked for while another was under way. */
  const again = useRef(false);
  const [settled, setSettled] = useState(0);
  const dirty = !sameText(draft, base);

  /** From here on this is what the server has; what was typed since stays. */
  const settle = useCallback((report: ReportTextFragment, text?: Typed) => {
    setBase(report);
    latest.current = { draft: { ...latest.current.draft, version: report.version, ...text }, base: report };
    change(text ?? { version: report.version });
    setSettled(report.version);
  }, [change]);

  const save = useCallback(async (onto?: ReportTextFragment): Promise<boolean> => {
    if (saving.current) {
      again.current = true;
      return false;
    }
    const { draft: typed, base: before } = latest.current;
    if (!onto && sameText(typed, before)) return true;
    saving.current = true;
    again.current = false;
    setState({ is: 'saving' });
    try {
      const { data } = await client.mutate({ mutation: UpdateReportDocument, variables: { input: { id: before.id, expectedVersion: onto?.version ?? typed.version, title: typed.title, body: typed.body, keepBefore: Boolean(onto) } } });
      const { report, current, userErrors } = data!.updateReport;
      if (report) {
        settle(report);
        setState({ is: sameText(latest.current.draft, report) ? 'saved' : 'unsaved' });
        return true;
      }
      setState(current ? { is: 'conflict', current } : { is: 'failed', why: userErrors.map(({ message }) => message).join(' '), retrying: false });
    } catch (error) {
      setState({ is: 'failed', why: error instanceof Unreachable ? 'the Thaw server does not answer' : (error as Error).message, retrying: true });
    } finally {
      saving.current = false;
      if (again.current) setTimeout(() => void save());
    }
    return false;
  }, [client, settle]);

  // What was typed is in the browser's keeping until the server has it.
  useEffect(() => {
    if (settled > 0 && !dirty) forget();
  }, [settled, dirty, forget]);

  // Typing, or text that an earlier visit left behind.
  const conflicting = state.is === 'conflict';
  useEffect(() => {
    if (!dirty || conflicting) return;
    setState((before) => (before.is === 'saved' || (before.is === 'failed' && !before.retrying) ? { is: 'unsaved' } : before));
    const timer = setTimeout(() => void save(), pauseMs);
    return () => clearTimeout(timer);
  }, [draft.title, draft.body, dirty, conflicting, base.version, save]);
  useEffect(() => {
    if (dirty) return;
    setState((before) => (before.is === 'unsaved' || before.is === 'failed' ? { is: 'saved' } : before));
    if (draft.version !== base.version) change({ version: base.version });
  }, [dirty, draft.version, base.version, change]);

  const mayPass = state.is === 'failed' && state.retrying;
  useEffect(() => {
    if (!mayPass) return;
    const retry = () => void save();
    const timer = setInterval(retry, retryMs);
    window.addEventListener('online', retry);
    const stop = onReconnect(retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', retry);
      stop();
    };
  }, [mayPass, save]);

  // Somebody else saved, and nothing was typed here that would be lost.
  useEffect(() => {
    const { draft: typed, base: before } = latest.current;
    if (stored.version > before.version && sameText(typed, before) && !saving.current) settle(stored, typedOf(stored));
  }, [stored, settle]);

  /** The text that is there now goes into the history. Answers why it could not be done. */
  const restoreVersion = useCallback(async (version: number): Promise<string | null> => {
    const { id, version: expectedVersion } = latest.current.base;
    try {
      const { data } = await client.mutate({ mutation: RestoreReportVersionDocument, variables: { input: { id, version, expectedVersion } } });
      const { report, current, userErrors } = data!.restoreReportVersion;
      if (current) setState({ is: 'conflict', current });
      if (!report) return userErrors.map(({ message }) => message).join(' ');
      settle(report, typedOf(report));
      setState({ is: 'saved' });
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  }, [client, settle]);

  return {
    draft, change, state, dirty, base, restoreVersion,
    save: () => void save(),
    /** Mine becomes the text of the report, theirs goes into its history; or the other way round. */
    keepMine: (theirs: ReportTextFragment) => save(theirs),
    takeTheirs: async (theirs: ReportTextFragment) => (await save(theirs)) && restoreVersion(theirs.version),
  };
}
