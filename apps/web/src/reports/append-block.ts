import type { ApolloClient } from '@apollo/client';
import { CreateReportDocument, ReportToAppendDocument, UpdateReportDocument } from '../generated/graphql';

/** Others may save in between; who loses the race reads again. */
const tries = 4;

/** Puts Markdown at the end of a report. Answers what was wrong, or null. */
export async function appendTo(client: ApolloClient, id: string, markdown: string): Promise<string | null> {
  for (let tried = 1; ; tried++) {
    const { data } = await client.query({ query: ReportToAppendDocument, variables: { id }, fetchPolicy: 'no-cache' });
    if (!data?.report) return 'The report is not there any more.';
    const { version, body } = data.report;
    const answer = await client.mutate({ mutation: UpdateReportDocument, variables: { input: { id, expectedVersion: version, body: joined(body, markdown), keepBefore: false } } });
    const { report, current, userErrors } = answer.data!.updateReport;
    if (report) return null;
    if (!current || tried === tries) return userErrors.map(({ message }) => message).join(' ');
  }
}

export async function createWith(client: ApolloClient, project: string, title: string, markdown: string): Promise<{ id: string } | { problem: string }> {
  const { data } = await client.mutate({ mutation: CreateReportDocument, variables: { input: { project, title, body: joined('', markdown) } } });
  const { report, userErrors } = data!.createReport;
  return report ? { id: report.id } : { problem: userErrors.map(({ message }) => message).join(' ') };
}

const joined = (body: string, markdown: string) => `${body.trimEnd()}${body.trim() === '' ? '' : '\n\n'}${markdown}\n`;
