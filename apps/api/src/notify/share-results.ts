import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult, Kind, type SelectionNode, visit } from 'graphql';
import { iterate } from './iterate';

/** Events that are the same object for several subscribers, and do not depend on who asks. */
const shared = new WeakMap<object, Map<string, ReturnType<typeof execute>>>();

export function share<Event extends object>(event: Event): Event {
  if (!shared.has(event)) shared.set(event, new Map());
  return event;
}

/**
 * graphql's subscribe, but an event that many subscribers are told with the same selection is resolved once: a page that
 * two hundred people have open costs little more than one.
 */
export async function subscribeShared(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  const iterator = events[Symbol.asyncIterator]();
  let selection: string | undefined;
  return iterate(async () => {
    const { value: event, done } = await iterator.next();
    if (done) return null;
    const results = typeof event === 'object' && event !== null ? shared.get(event) : undefined;
    const resolve = () => execute({ ...args, rootValue: event });
    if (!results) return { value: await resolve() };
    selection ??= selectionOf(args);
    let result = results.get(selection);
    if (!result) results.set(selection, (result = resolve()));
    return { value: await result };
  }, () => void iterator.return?.());
}

/** What of an operation decides on its results: the document, and the variables used below the arguments of its root fields. */
function selectionOf({ document, operationName, variableValues }: ExecutionArgs): string {
  const roots = new Set<SelectionNode>(document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [])));
  const used: Record<string, unknown> = {};
  visit(document, {
    VariableDefinition: () => false,
    Argument: (_node, _key, _parent, _path, ancestors) => (roots.has(ancestors.findLast((ancestor) => !Array.isArray(ancestor)) as SelectionNode) ? false : undefined),
    Variable: ({ name }) => void (used[name.value] = variableValues?.[name.value]),
  });
  return JSON.stringify([document.loc?.source.body, operationName, used]);
}
