import { z } from 'zod';
import { hyperparametersSchema, type HyperparameterName, type HyperparameterNote } from './hyperparameters';

/** One hyperparameter as a form or a document needs it. */
export interface HyperparameterField extends HyperparameterNote {
  name: HyperparameterName;
  type: 'boolean' | 'integer' | 'number' | 'string' | 'choice';
  /** Absent where nothing is what counts when nothing is given. */
  default?: boolean | number | string;
  choices?: readonly string[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
}

const jsonSchema = z.toJSONSchema(hyperparametersSchema, { io: 'input' });

/** Every hyperparameter in the order of the schema. */
export const hyperparameterFields: readonly HyperparameterField[] = Object.entries(jsonSchema.properties ?? {}).map(
  ([name, property]) => {
    const { type, enum: choices, ...rest } = property as Record<string, unknown>;
    return {
      ...rest,
      name,
      type: choices ? 'choice' : type,
      ...(choices ? { choices } : {}),
    } as HyperparameterField;
  },
);
