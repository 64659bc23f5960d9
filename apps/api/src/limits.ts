import { GraphQLError, Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode, valueFromASTUntyped, visit } from 'graphql';

/** Generous for people and dashboards; what they stop is a query that would hold the server up. */
export const limits = { depth: 12, aliases: 60, rootFields: 20, cost: 250_000, inputDepth: 50 };

type Limit = keyof typeof limits;
/** What is summed up over selections. */
type Measure = Record<Exclude<Limit, 'inputDepth'>, number>;
type Variables = Readonly<Record<string, unknown>>;

const remedy: Record<Limit, string> = {
  depth: 'Select fewer levels, or ask for the inner objects in a query of their own.',
  aliases: 'Use fewer aliases, or several requests.',
  rootFields: 'Split it into several requests.',
  cost: 'Lower `first`, or select fewer fields.',
  inputDepth: 'Nest fewer objects and lists in its arguments and variables.',
};

/**
 * Refuses an operation that is too large, counted through fragments. Cost is the number of fields that could
 * be answered: every field counts one, and those under a list count `first` times. Runs after validation,
 * which has refused fragment cycles.
 */
export function checkLimits(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): GraphQLError | null {
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));
  const defaults = operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)]) ?? [];
  const measure = { ...measureWith(fragments, { ...Object.fromEntries(defaults), ...variables })(operation.selectionSet), inputDepth: Math.max(literalDepth(document), valueDepth(variables) - 1) };
  for (const name of Object.keys(limits) as Limit[]) {
    if (measure[name] > limits[name]) {
      return new GraphQLError(`The query's ${label[name]} is ${measure[name]}; at most ${limits[name]} is allowed. ${remedy[name]}`, {
        nodes: operation,
        extensions: { code: 'QUERY_TOO_LARGE', limit: name },
      });
    }
  }
  return null;
}

const label: Record<Limit, string> = { depth: 'depth', aliases: 'number of aliases', rootFields: 'number of root fields', cost: 'cost', inputDepth: 'nesting of values' };

/** Lists and objects within one another, written out in the document. */
function literalDepth(document: DocumentNode): number {
  let depth = 0;
  let deepest = 0;
  const nests = { enter: () => void (deepest = Math.max(deepest, ++depth)), leave: () => void depth-- };
  visit(document, { ListValue: nests, ObjectValue: nests });
  return deepest;
}

/** The same of JSON, level by level: recursion is what deep nesting would break. */
function valueDepth(value: unknown): number {
  let depth = 0;
  for (let level = [value].filter(isNest); level.length > 0 && depth <= limits.inputDepth + 1; depth++) {
    const next: object[] = [];
    for (const nest of level) for (const inner of Array.isArray(nest) ? nest : Object.values(nest)) if (isNest(inner)) next.push(inner);
    level = next;
  }
  return depth;
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null;

function measureWith(fragments: Map<string, FragmentDefinitionNode>, variables: Variables) {
  // Each fragment is measured once, so that fragments that spread others many times stay cheap to count.
  const measured = new Map<string, Measure>();

  function ofSelections({ selections }: SelectionSetNode): Measure {
    const sum: Measure = { depth: 0, aliases: 0, rootFields: 0, cost: 0 };
    for (const selection of selections) {
      const part = selection.kind === Kind.FIELD ? ofField(selection) : selection.kind === Kind.INLINE_FRAGMENT ? ofSelections(selection.selectionSet) : ofFragment(selection.name.value);
      sum.depth = Math.max(sum.depth, part.depth);
      sum.aliases += part.aliases;
      sum.rootFields += part.rootFields;
      sum.cost += part.cost;
    }
    return sum;
  }

  function ofField(field: FieldNode): Measure {
    // Introspection nests deeply by nature and answers from memory.
    if (field.name.value.startsWith('__')) return { depth: 1, aliases: 0, rootFields: 1, cost: 1 };
    const inner = field.selectionSet ? ofSelections(field.selectionSet) : { depth: 0, aliases: 0, cost: 0 };
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (field.alias ? 1 : 0),
      rootFields: 1,
      cost: 1 + inner.cost * pageSize(field, variables, fragments),
    };
  }

  function ofFragment(name: string): Measure {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const measure = fragment ? ofSelections(fragment.selectionSet) : { depth: 0, aliases: 0, rootFields: 0, cost: 0 };
    measured.set(name, measure);
    return measure;
  }

  return ofSelections;
}

/** Pages that the API fills when `first` is left out; no default is larger. */
const defaultPage = 100;

function pageSize(field: FieldNode, variables: Variables, fragments: Map<string, FragmentDefinitionNode>): number {
  const argument = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (argument?.kind === Kind.INT) return Math.max(1, Number(argument.value));
  if (argument?.kind === Kind.VARIABLE) {
    const value = variables[argument.name.value];
    return typeof value === 'number' && value >= 1 ? value : defaultPage;
  }
  return !argument && field.selectionSet && isConnection(field.selectionSet, fragments) ? defaultPage : 1;
}

/** Looks one fragment deep; what lies deeper counts as a connection, rather than going uncounted. */
function isConnection({ selections }: SelectionSetNode, fragments?: Map<string, FragmentDefinitionNode>): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return ['nodes', 'edges'].includes(selection.name.value);
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments?.get(selection.name.value)?.selectionSet;
    return !fragments || (inner !== undefined && isConnection(inner));
  });
}

/** Stops a document of endless braces before it is parsed; a large input belongs into variables. */
export const parseOptions = { maxTokens: 20_000 };
