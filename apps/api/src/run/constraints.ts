import type { RunRow } from '@thaw/db';
import { isLabel } from '@thaw/run-states';
import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';

@ObjectType({ description: 'What a trainer must be or have to take the run.' })
export class RunConstraints {
  @Field(() => [String], { description: 'It has all of these labels.' })
  labels!: string[];

  @Field(() => Float, { nullable: true, description: 'It has so much memory, and so much of it free; null: any.' })
  memoryGiB!: number | null;

  @Field(() => String, { nullable: true, description: 'It has this name; null: any.' })
  trainer!: string | null;
}

@InputType({ description: 'What a trainer must be or have to take the run. What is left out or null does not matter.' })
export class RunConstraintsInput {
  @Field(() => [String], { nullable: true, description: 'All of these labels, such as "gpu" or "wasm".' })
  labels?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'GiB of memory, more than 0.' })
  memoryGiB?: number | null;

  @Field(() => String, { nullable: true, description: 'The one trainer that may take it, by name; it need not be there yet.' })
  trainer?: string | null;
}

const mostLabels = 50;
const mostMemoryGiB = 1_000_000;

export function checkTrainerLabels(field: string, labels: readonly string[]): UserError[] {
  const problems = labels.flatMap((label, index) => (isLabel(label) ? [] : [userError(`${field}.${index}`, 'INVALID_LABEL', `Label ${JSON.stringify(label.slice(0, 100))} must have 1 to 100 of the characters a-z 0-9 . _ -, such as "gpu".`)]));
  if (labels.length > mostLabels) problems.push(userError(field, 'TOO_MANY_LABELS', `There are ${labels.length} labels; ${mostLabels} are allowed.`));
  return problems;
}

export function checkConstraints(constraints: RunConstraintsInput | null | undefined): UserError[] {
  const { labels, memoryGiB, trainer } = constraints ?? {};
  const problems = checkTrainerLabels('constraints.labels', labels ?? []);
  if (memoryGiB !== null && memoryGiB !== undefined && !(memoryGiB > 0 && memoryGiB <= mostMemoryGiB)) problems.push(userError('constraints.memoryGiB', 'INVALID_MEMORY', `memoryGiB is ${memoryGiB}. Give the GiB that the run needs, more than 0, such as 8, or leave it out.`));
  if (trainer !== null && trainer !== undefined) problems.push(...checkName('constraints.trainer', trainer));
  return problems;
}

type ConstraintColumns = Pick<RunRow, 'requiredLabels' | 'requiredMemory' | 'requiredTrainer'>;

export const toColumns = ({ labels, memoryGiB, trainer }: RunConstraintsInput): ConstraintColumns => ({
  requiredLabels: [...new Set(labels ?? [])].sort(),
  requiredMemory: memoryGiB ?? 0,
  requiredTrainer: trainer ?? '',
});

export const toConstraints = ({ requiredLabels, requiredMemory, requiredTrainer }: ConstraintColumns): RunConstraints => ({ labels: requiredLabels, memoryGiB: requiredMemory || null, trainer: requiredTrainer || null });
