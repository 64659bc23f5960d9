import { registerEnumType } from 'type-graphql';

/** A GraphQL enum from the values of a pgEnum (or a list), which stay the one source. */
export function graphqlEnum<Value extends string>(
  name: string,
  values: readonly Value[],
  description: string,
  of: Partial<Record<Value, string>> = {},
): { [V in Value]: V } {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
  const valuesConfig = Object.fromEntries(Object.entries(of).map(([value, text]) => [value, { description: text as string }]));
  registerEnumType(members, { name, description, valuesConfig: valuesConfig as never });
  return members;
}
