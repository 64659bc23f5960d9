import { firstStatus, type RunKind, runKinds, type Transition, transitions } from './machine';
import { hasEnded } from './ask';

/** The state machine as a Mermaid diagram, for docs/architecture.md. */
export function drawing(): string {
  return ['stateDiagram-v2', ...runKinds.flatMap(drawKind)].join('\n');
}

/** Statuses of external runs get names of their own, so that the two machines are drawn side by side. */
const nodeOf = (status: string, kind: RunKind) => (kind === 'MANAGED' ? status : `external_${status}`);

function drawKind(kind: RunKind): string[] {
  const own = transitions.filter((each) => each.kind === kind);
  const statuses = [...new Set(own.flatMap(({ from, to }) => [from, to]))];
  const arrows = new Map<string, string[]>();
  for (const each of own) {
    const arrow = `${nodeOf(each.from, kind)} --> ${nodeOf(each.to, kind)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), labelOf(each)]);
  }
  return [
    ...(kind === 'EXTERNAL' ? statuses.map((status) => `  state "${status} (external)" as ${nodeOf(status, kind)}`) : []),
    `  [*] --> ${nodeOf(firstStatus[kind], kind)}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join('<br/>')}`),
    ...statuses.filter(hasEnded).map((status) => `  ${nodeOf(status, kind)} --> [*]`),
  ];
}

const guards = { cancelWished: 'if cancel is wished', pauseWished: 'if pause is wished', lostTooOften: 'if the third in a row' };

function labelOf({ event, when, wishes, forgets, from, to }: Transition): string {
  const wish = from === to ? (wishes ? ` (wish)` : forgets ? ' (takes the wish back)' : '') : '';
  return `${event}${wish}${when && from !== to ? ` ${guards[when]}` : ''}`;
}
