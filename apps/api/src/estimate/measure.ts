import { workOf, epochPictures, featurePictures, type Wanted } from './work';

/** What is known of a finished run's time. */
export interface TimedRun extends Wanted {
  id: string;
  trainerId: string | null;
  /** All of it, from when a trainer took it. */
  seconds: number;
  epochs: number;
  /** When each epoch had been evaluated, in seconds since 1970. */
  epochEnds: readonly number[];
}

/** The same, taken apart. */
export interface Measured {
  run: TimedRun;
  /** Seconds for each picture and epoch, by kind of stage. */
  perPicture: Map<string, number>;
  /** Everything that is not an epoch: loading, features, evaluation, saving. */
  overhead: number;
  overheadPerPicture: number;
}

/** Epochs at which a stage begins count as overhead too: new features are computed then. */
export function measure(run: TimedRun): Measured | null {
  if (run.seconds <= 0 || run.epochs < 1) return null;
  const pictures = epochPictures(run);
  const perPicture = new Map<string, number>();
  let epochSeconds = 0;
  let before = 0;
  for (const { kind, until } of workOf(run.config)) {
    const ends = run.epochEnds.slice(before, Math.min(until, run.epochs));
    const lasting = ends.slice(1).map((end, index) => end - ends[index]!);
    // Points are written several at a time: their mean is what the epochs took, their parts are not.
    const mean = lasting.length > 0 ? lasting.reduce((sum, each) => sum + each, 0) / lasting.length : null;
    if (mean !== null && mean >= 0) {
      if (!perPicture.has(kind)) perPicture.set(kind, mean / pictures);
      epochSeconds += mean * ends.length;
    }
    before = until;
  }
  // A run of one epoch tells nothing of what an epoch takes; all of it would be overhead.
  if (perPicture.size === 0) return null;
  const overhead = Math.max(0, run.seconds - epochSeconds);
  return { run, perPicture, overhead, overheadPerPicture: overhead / featurePictures(run.config, run) };
}
