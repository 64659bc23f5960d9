export { ModelExportError } from './model-export-error';
