import { joinPoints, slicePoints, summarize, type Series, type Summary } from '@thaw/series';

/** Points a chunk has at most when it arrives; what compaction aims at. */
export const fullChunk = 4096;

/** What a transaction adds to one series. */
export class Growth {
  seriesId: number | null = null;
  summary: Summary | null = null;
  /** Points came that do not simply follow: the summary has to be made anew. */
  disturbed = false;
  /** In order of arrival; each becomes a chunk, or several when it is long. */
  private readonly parts: Series[][] = [];

  constructor(readonly runId: string, readonly keyId: number, readonly claim: number) {}

  continues(seriesId: number, claim: number, summary: Summary): void {
    this.seriesId = seriesId;
    this.summary = summary;
    this.disturbed = claim !== this.claim;
  }

  /** Points of one batch, by step. */
  add(series: Series): void {
    const follows = !this.disturbed && (!this.summary || series.steps[0]! > this.summary.lastStep);
    if (follows) this.summary = summarize(series, this.summary);
    else this.disturbed = true;
    const last = this.parts.at(-1);
    if (follows && last) last.push(series);
    else this.parts.push([series]);
  }

  /** In order of arrival, each by step and of at most fullChunk points. */
  chunks(): Series[] {
    return this.parts.map(joinPoints).flatMap((series) => {
      const size = Math.ceil(series.steps.length / Math.ceil(series.steps.length / fullChunk));
      const pieces: Series[] = [];
      for (let from = 0; from < series.steps.length; from += size) pieces.push(slicePoints(series, from, from + size));
      return pieces;
    });
  }
}
