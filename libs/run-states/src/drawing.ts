import { hasEnded } from './ask';
import { firstStatus, type RunKind, runKinds, type Transition, transitions } from './machine';

const begin = '<!-- The life of a run, drawn by npm run codegen -->';
const end = '<!-- /drawn -->';

/** The page with the state machine as it is now between its two marks. */
export function withDrawing(page: string): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`The page has no place for the drawing: a line "${begin}" and after it a line "${end}".`);
  return `${page.slice(0, before + begin.length)}\n\`\`\`mermaid\n${drawing()}\n\`\`\`\n${page.slice(after)}`;
}

/** The state machine as a Mermaid diagram. */
export const drawing = (): string => ['stateDiagram-v2', ...runKinds.flatMap(drawKind)].join('\n');

/** Statuses of external runs get names of their own, so that the two machines are drawn side by side. */
const nodeOf = (status: string, kind: RunKind) => (kind === 'MANAGED' ? status : `${kind}_${status}`);

function drawKind(kind: RunKind): string[] {
  const own = transitions.filter((each) => each.kind === kind);
  const statuses = [...new Set(own.flatMap(({ from, to }) => [from, to]))];
  const arrows = new Map<string, string[]>();
  for (const each of own) {
    const arrow = `${nodeOf(each.from, kind)} --> ${nodeOf(each.to, kind)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), labelOf(each)]);
  }
  return [
    ...(kind === 'EXTERNAL' ? statuses.map((status) => `  state "${status} (external run)" as ${nodeOf(status, kind)}`) : []),
    `  [*] --> ${nodeOf(firstStatus[kind], kind)}: ${kind === 'EXTERNAL' ? 'created by a script' : 'launched'}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join('<br/>')}`),
    ...statuses.filter(hasEnded).map((status) => `  ${nodeOf(status, kind)} --> [*]`),
  ];
}

const guards = { cancelWished: 'cancel wished', pauseWished: 'pause wished', lostTooOften: 'third loss in a row' };

/** Without a colon, which Mermaid takes for the next label. */
function labelOf({ event, when, wishes, from, to }: Transition): string {
  if (from === to) return `${event} (${wishes ? 'noted as a wish' : 'the wish is taken back'})`;
  return `${event}${when ? ` (${guards[when]})` : ''}`;
}
