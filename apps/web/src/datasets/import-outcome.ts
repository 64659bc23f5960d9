export interface SkippedFile { path: string; reason: string }

export interface ImportOutcome {
  errors: { field?: string | null; message: string }[];
  skipped: SkippedFile[];
  warnings: string[];
}
