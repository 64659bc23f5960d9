import type { Metadata, Viewport } from 'next';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { GraphQLProvider } from '../graphql/apollo';
import { NoticeProvider } from '../ui/notices';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Thaw', template: '%s · Thaw' }, description: 'Transfer learning experiments: import, launch, watch, compare.' };
export const viewport: Viewport = { themeColor: [{ media: '(prefers-color-scheme: light)', color: '#ffffff' }, { media: '(prefers-color-scheme: dark)', color: '#111214' }] };
/** Every page shows what the API says now; nothing is rendered while building. */
export const dynamic = 'force-dynamic';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="bg-canvas font-sans text-ink antialiased">
        <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
          <NuqsAdapter>
            <GraphQLProvider>
              <NoticeProvider>{children}</NoticeProvider>
            </GraphQLProvider>
          </NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}
