import { formatBytes, formatCount } from '../format/numbers';
import { ProgressBar } from '../ui/progress';
import type { UploadProgress } from './upload-blobs';

/** What is going on between pressing Import and having it. */
export function UploadProgressView({ progress, checking }: { progress: UploadProgress | null; checking: string }) {
  const sending = progress !== null && progress.files < progress.totalFiles;
  return (
    <div role="status" className="flex flex-col gap-1.5">
      <ProgressBar label="Upload" value={sending ? (progress.totalBytes === 0 ? null : progress.bytes / progress.totalBytes) : null} />
      <p className="num text-xs text-muted">
        {sending ? `${formatCount(progress.files)} of ${formatCount(progress.totalFiles)} files sent, ${formatBytes(progress.bytes)} of ${formatBytes(progress.totalBytes)}` : checking}
      </p>
    </div>
  );
}
