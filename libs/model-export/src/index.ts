export { convertModel, convertedFormats, type ConvertedFormat } from './convert-model';
export { ModelExportError } from './model-export-error';
export type { ModelFile } from './read-model';
