import { configChanges, type Change } from '../compare/configuration/config-diff';
import type { LineageRunFragment, RunLineageQuery } from '../generated/graphql';

export interface LineageNode {
  run: LineageRunFragment;
  /** Against the run it was cloned from; null where that is not known. */
  changes: Change[] | null;
  /** Whether the run it was cloned from is not shown. */
  older: boolean;
  children: LineageNode[];
}

/** So many generations before the run, and so many after it. */
export const generations = { before: 3, after: 2 };

/** Everything that was given to the run: dataset and backbone too, which a clone may change. */
const givenTo = ({ dataset, backbone, config }: LineageRunFragment) => ({
  ...(dataset ? { dataset: `${dataset.dataset.name} version ${dataset.version}` } : {}), ...(backbone ? { backbone: backbone.title } : {}), ...(config as object),
});

export const changesBetween = (parent: LineageRunFragment, child: LineageRunFragment): Change[] => configChanges(givenTo(parent), givenTo(child));

/** The oldest ancestor shown, at its end the run itself with what was cloned from it; siblings are left out. */
export function lineageTree(run: NonNullable<RunLineageQuery['run']>, descendants: readonly LineageRunFragment[]): LineageNode {
  const younger = (parent: LineageRunFragment, left: number): LineageNode[] => descendants
    .filter(({ parentRun }) => parentRun?.id === parent.id)
    .map((child) => ({ run: child, changes: changesBetween(parent, child), older: false, children: left > 1 ? younger(child, left - 1) : [] }));
  const ancestors = [run.parentRun, run.parentRun?.parentRun, run.parentRun?.parentRun?.parentRun].flatMap((ancestor) => (ancestor ? [ancestor as LineageRunFragment] : []));
  const own: LineageNode = { run, changes: ancestors[0] ? changesBetween(ancestors[0], run) : null, older: false, children: younger(run, generations.after) };
  return ancestors.reduce<LineageNode>((child, ancestor, index) => ({
    run: ancestor, children: [child],
    changes: ancestors[index + 1] ? changesBetween(ancestors[index + 1]!, ancestor) : null,
    older: index === generations.before - 1 && Boolean(ancestor.parentRun),
  }), own);
}
