'use client';

import { Component, type ReactNode } from 'react';
import { Callout } from './callout';

/** A part of a page that fails to render leaves the rest of the page alone. */
export class PanelBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    // notFound() and redirect() of Next.js are thrown, too.
    if ('digest' in error && String(error.digest).startsWith('NEXT_')) throw error;
    const notLoaded = /loading.*chunk|import.*module/i.test(`${error.name} ${error.message}`);
    return (
      <div className="p-3">
        <Callout tone="danger" title={notLoaded ? 'This part of the page could not be loaded' : 'This part of the page stopped working'}
          actions={<button type="button" onClick={() => (notLoaded ? location.reload() : this.setState({ error: null }))} className="shrink-0 font-medium underline">{notLoaded ? 'Reload the page' : 'Try again'}</button>}>
          {notLoaded ? 'The server did not answer, or was updated since the page was opened. What you typed into forms is kept.' : error.message || 'An error without a message.'}
        </Callout>
      </div>
    );
  }
}
