import type { ReportRow } from '@thaw/db';
import { userError, type UserError } from '../errors';
import type { ReportPayload } from './report.input';
import type { Report } from './report.type';

export const unknownReport = (id: string): UserError => userError('id', 'REPORT_UNKNOWN', `There is no report ${id}, or it is deleted. The query reports lists those that exist.`);

export const refuse = (...userErrors: UserError[]): ReportPayload => ({ report: null, current: null, userErrors });

export const asPayload = (report: ReportRow | null, id = ''): ReportPayload => (report ? { report: report as Report, current: null, userErrors: [] } : refuse(unknownReport(id)));
