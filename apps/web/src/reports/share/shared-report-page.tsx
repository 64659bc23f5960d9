'use client';

import { FileX2, Printer } from 'lucide-react';
import { SharedReportDocument, type SharedReportQuery } from '../../generated/graphql';
import { useSeededQuery } from '../../graphql/seeded-query';
import { DateTime } from '../../format/time';
import { ConnectionBanner } from '../../shell/connection-banner';
import { LiveProject } from '../../shell/live-project';
import { ProjectContext } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { EmptyState, Skeleton } from '../../ui/panel';
import { InsideProject } from '../view/report-place';
import { ReportText } from '../view/report-text';

/** A text that is changed is read anew after this time. */
const pollMs = 15_000;

/** A report under its link: nothing but the report. */
export function SharedReportPage({ token, seed }: { token: string; seed: SharedReportQuery | null }) {
  const { data, error, refetch } = useSeededQuery(SharedReportDocument, { token }, seed, { pollInterval: pollMs });
  const report = data?.sharedReport;
  if (!data) return <main className="mx-auto max-w-4xl p-6">{error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={10} />}</main>;
  if (!report) return <LinkLeadsNowhere />;
  return (
    <ProjectContext value={report.project.name}>
      <LiveProject project={report.project.name}>
        <div className="no-print"><ConnectionBanner /></div>
        <main id="main" className="mx-auto max-w-4xl px-4 py-8 sm:px-8 sm:py-12">
          <header className="mb-8 border-b pb-5">
            <h1 className="text-[26px] leading-tight font-bold tracking-tight break-words sm:text-[30px]">{report.title}</h1>
            <p className="mt-2 flex items-center gap-3 text-muted"><span>Changed <DateTime at={report.updatedAt} /></span><Button variant="ghost" size="sm" className="no-print ml-auto" onClick={() => window.print()}><Printer aria-hidden />Print</Button></p>
          </header>
          <InsideProject value={false}><ReportText body={report.body} /></InsideProject>
        </main>
      </LiveProject>
    </ProjectContext>
  );
}

export function LinkLeadsNowhere() {
  return (
    <main id="main" className="grid min-h-[70dvh] place-items-center">
      <EmptyState heading="h1" icon={<FileX2 />} title="This link leads to no report">
        It was revoked, or replaced by a new one, or a part of it was lost when it was copied. Ask whoever gave it to you for the link as it is now.
      </EmptyState>
    </main>
  );
}
