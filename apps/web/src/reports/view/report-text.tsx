'use client';

import type { Element } from 'hast';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { memo, type ComponentProps, type ReactNode } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Skeleton } from '../../ui/panel';
import './report-text.css';

const LiveBlock = dynamic(() => import('./live-block').then((module) => module.LiveBlock), { ssr: false, loading: () => <Skeleton rows={5} /> });

/** A report as it is read: Markdown without raw HTML, its ```thaw blocks live. The title is the page's own h1. */
export const ReportText = memo(function ReportText({ body }: { body: string }) {
  return <div className="report-text"><Markdown remarkPlugins={[remarkGfm]} components={components}>{body}</Markdown></div>;
});

const components: Components = {
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  pre: Fenced,
  table: ({ children }) => <div tabIndex={0} role="region" aria-label="Table, scrolls" className="table-scroll"><table>{children}</table></div>,
  a: ({ href, children }) => {
    if (href?.startsWith('/p/')) return <Link href={href}>{children}</Link>;
    return <a href={href} {...(/^https?:/.test(href ?? '') && { target: '_blank', rel: 'noreferrer' })}>{children}</a>;
  },
  // The box of a task list: its words stand beside it, not in a label.
  input: ({ checked }) => <input type="checkbox" checked={checked} disabled aria-label={checked ? 'done' : 'to do'} readOnly />,
};

function Fenced({ node, children }: ComponentProps<'pre'> & ExtraProps & { children?: ReactNode }) {
  const source = thawSource(node);
  return source === null ? <pre tabIndex={0}>{children}</pre> : <LiveBlock source={source} />;
}

/** What stands in a ```thaw block; null: it is another. */
function thawSource(node?: Element): string | null {
  const code = node?.children[0];
  if (code?.type !== 'element' || !([] as unknown[]).concat(code.properties.className).includes('language-thaw')) return null;
  return code.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
}
