export { LinkLeadsNowhere as default } from '../../../reports/share/shared-report-page';
