import type { ClaimOutcome } from '../generated/graphql';

interface EndedClaim { outcome?: ClaimOutcome | null; reason?: string | null }

const words: Record<ClaimOutcome, { text: string; tone: string }> = {
  SETTLED: { text: 'ended', tone: 'text-success' },
  RELEASED: { text: 'handed back', tone: 'text-muted' },
  PAUSED: { text: 'paused', tone: 'text-warning' },
  EXPIRED: { text: 'trainer fell silent', tone: 'text-danger' },
  CRASHED: { text: 'executor crashed', tone: 'text-danger' },
  CANCELLED: { text: 'cancelled', tone: 'text-muted' },
};

/** How the time of a trainer with a run ended. */
export const claimEnd = ({ outcome }: EndedClaim): { text: string; tone: string } => (outcome ? words[outcome] : { text: 'at work', tone: 'text-accent' });
