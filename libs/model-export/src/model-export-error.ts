/** The model cannot be written in the format asked for, or its files are damaged; the message says which and what to do. */
export class ModelExportError extends Error {
  override name = 'ModelExportError';
}
