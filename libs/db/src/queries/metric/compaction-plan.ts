import { claimLimits } from '@thaw/series';
import { fullChunk } from './growth';

/** A chunk without its points. */
export interface ChunkFacts {
  seq: number;
  /** The lowest seq it was made of. */
  firstSeq: number;
  claim: number;
  count: number;
  firstStep: number;
  lastStep: number;
  /** Made by compaction, or large when it came: no two such chunks of a series share a step range. */
  compacted: boolean;
}

export interface CompactionPlan {
  /** Superseded whole by a later claim. */
  drop: ChunkFacts[];
  /** Each becomes one chunk, or several that do not overlap. */
  groups: ChunkGroup[];
  limits: ReadonlyMap<number, number>;
}

export interface ChunkGroup {
  parts: ChunkFacts[];
  /** False for a merge of small chunks only, while they still overlap larger ones. */
  disjoint: boolean;
}

/** A few small chunks cost a reader nothing. */
export const fewParts = 8;
/** Chunks merged at once: about a million points. */
const mostParts = 256;

/**
 * What to do with the chunks of one series up to a seq. `partial`: what makes no full chunk is merged too. Chunks in order are
 * gathered until they make a full one; what overlaps (steps out of order, logged again) is merged with it. Claims stay apart:
 * a claim that later logs a lower step replaces what the one before it logged from there on.
 */
export function planCompaction(chunks: readonly ChunkFacts[], upTo: number, partial: boolean): CompactionPlan {
  const limits = claimLimits(chunks);
  const settled = chunks.filter(({ seq }) => seq <= upTo);
  const isSuperseded = ({ claim, firstStep }: ChunkFacts) => firstStep >= limits.get(claim)!;
  const drop = settled.filter(isSuperseded);
  const isClipped = ({ claim, lastStep }: ChunkFacts) => lastStep >= limits.get(claim)!;

  const groups: ChunkGroup[] = [];
  let gathered: ChunkFacts[] = [];
  const close = (last: boolean) => {
    const count = gathered.reduce((sum, part) => sum + part.count, 0);
    const worthIt = count >= fullChunk ? gathered.length > 1 : partial && (gathered.length >= fewParts || (!last && gathered.length > 1));
    if (worthIt || gathered.some(isClipped)) groups.push({ parts: gathered, disjoint: true });
    gathered = [];
  };
  for (const unit of overlapping(settled.filter((chunk) => !isSuperseded(chunk)), limits)) {
    if (gathered.length > 0 && gathered[0]!.claim !== unit[0]!.claim) close(false);
    if (unit.length > mostParts) {
      close(false);
      const small = unit.filter(({ compacted }) => !compacted);
      if (small.length >= fewParts) groups.push({ parts: small, disjoint: false });
      continue;
    }
    if (unit.length === 1 && unit[0]!.compacted && unit[0]!.count >= fullChunk / 2 && !isClipped(unit[0]!)) {
      close(false);
      continue;
    }
    gathered.push(...unit);
    if (unit.length > 1 && partial) close(false);
    else if (gathered.reduce((sum, part) => sum + part.count, 0) >= fullChunk) close(false);
  }
  close(true);
  return { drop, groups, limits };
}

/** Chunks in order of steps, those whose ranges overlap together. What a later claim left of each counts: claims never overlap. */
function overlapping(chunks: readonly ChunkFacts[], limits: ReadonlyMap<number, number>): ChunkFacts[][] {
  const units: ChunkFacts[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const chunk of [...chunks].sort((a, b) => a.firstStep - b.firstStep)) {
    if (chunk.firstStep > end || units.length === 0) units.push([chunk]);
    else units.at(-1)!.push(chunk);
    end = Math.max(end, Math.min(chunk.lastStep, limits.get(chunk.claim)! - 1));
  }
  return units;
}
