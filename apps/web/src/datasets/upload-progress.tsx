import { Pause, Play, WifiOff } from 'lucide-react';
import { formatBytes, formatCount } from '../format/numbers';
import { Button } from '../ui/button';
import { ProgressBar } from '../ui/progress';
import type { UploadProgress } from './upload/upload-blobs';

interface UploadProgressProps { progress: UploadProgress | null; checking: string; paused?: boolean; onPause?: () => void; onContinue?: () => void }

/** What is going on between pressing Import and having it. */
export function UploadProgressView({ progress, checking, paused = false, onPause, onContinue }: UploadProgressProps) {
  const sending = progress !== null && progress.files < progress.totalFiles;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-3">
        <ProgressBar label="Upload" value={sending ? (progress.totalBytes === 0 ? null : progress.bytes / progress.totalBytes) : null} />
        {paused && onContinue && <Button size="sm" onClick={onContinue}><Play aria-hidden />Continue</Button>}
        {!paused && sending && onPause && <Button size="sm" onClick={onPause}><Pause aria-hidden />Pause</Button>}
      </div>
      <p className="num text-xs text-muted">
        {sending ? `${formatCount(progress.files)} of ${formatCount(progress.totalFiles)} files stored, ${formatBytes(progress.bytes)} of ${formatBytes(progress.totalBytes)}${paused ? '' : speed(progress)}` : checking}
        {sending && progress.found > 0 && <span className="block">{formatCount(progress.found)} of them {progress.found === 1 ? 'was stored already and is' : 'were stored already and are'} not sent again.</span>}
      </p>
      {/* Read out when it changes; the figures above would be read out without end. */}
      <p role="status" className={progress?.waiting && !paused ? 'flex items-center gap-1.5 text-xs text-warning' : 'text-xs text-muted'}>
        {paused ? 'Paused. What is stored stays stored.' : progress?.waiting ? <><WifiOff aria-hidden className="size-3.5" />Waiting for the connection. It goes on by itself.</> : null}
      </p>
    </div>
  );
}

function speed({ rate, bytes, totalBytes, waiting }: UploadProgress): string {
  if (waiting || !rate) return '';
  const seconds = (totalBytes - bytes) / rate;
  const left = seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
  return `, ${formatBytes(Math.round(rate))}/s, ${left} left`;
}
