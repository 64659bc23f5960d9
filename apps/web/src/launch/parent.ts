import type { ParentRunQuery } from '../generated/graphql';

type ParentRun = NonNullable<ParentRunQuery['run']>;

/** A run that can be cloned: one that a trainer ran, which therefore has dataset and backbone. */
export type Parent = ParentRun & { dataset: NonNullable<ParentRun['dataset']>; backbone: NonNullable<ParentRun['backbone']> };

export const asParent = (run: ParentRun): Parent | null => (run.kind === 'MANAGED' && run.dataset && run.backbone ? (run as Parent) : null);
