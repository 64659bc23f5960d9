import type { z } from 'zod';
import { closestName } from './closest-name';
import { hyperparametersSchema, type Hyperparameters } from './hyperparameters';

export interface HyperparameterProblem {
  /** The hyperparameter, as it was written. */
  name: string;
  message: string;
  code: 'UNKNOWN_HYPERPARAMETER' | 'INVALID_HYPERPARAMETER';
}

export type ValidatedHyperparameters =
  | { ok: true; config: Hyperparameters }
  | { ok: false; problems: HyperparameterProblem[] };

/** Fills in defaults and reports every problem at once. */
export function validateHyperparameters(input: unknown): ValidatedHyperparameters {
  const parsed = hyperparametersSchema.safeParse(input ?? {});
  if (parsed.success) return { ok: true, config: parsed.data };
  const problems = parsed.error.issues.flatMap((issue): HyperparameterProblem[] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownName);
    const name = issue.path.join('.');
    if (name === '') return [{ name, code: 'INVALID_HYPERPARAMETER', message: 'The config must be an object of hyperparameters, such as { "epochs": 10 }.' }];
    return [{ name, code: 'INVALID_HYPERPARAMETER', message: `${name} is ${show((input as Record<string, unknown>)[name])}. ${mustBe(issue)}.` }];
  });
  return { ok: false, problems };
}

/** In words of ours where zod's speak of types. */
function mustBe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return ({ int: 'It must be a whole number', number: 'It must be a number', boolean: 'It must be true or false' } as Record<string, string>)[issue.expected] ?? issue.message;
    case 'too_small':
      return `It must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `It must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `It must be one of ${issue.values.join(', ')}`;
    default:
      return issue.message;
  }
}

const names = Object.keys(hyperparametersSchema.shape);

function unknownName(name: string): HyperparameterProblem {
  const near = closestName(name, names);
  const hint = near ? `Did you mean ${near}?` : `Valid names: ${names.join(', ')}.`;
  return { name, code: 'UNKNOWN_HYPERPARAMETER', message: `There is no hyperparameter ${name}. ${hint}` };
}

const show = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(JSON.stringify(value) ?? value));
