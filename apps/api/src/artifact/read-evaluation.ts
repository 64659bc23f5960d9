import { z } from 'zod';

/** JSON has no NaN: a diverged model's figures are null. */
const finite = z.number().nullable();

const baseline = z.object({
  baseline: z.enum(['twin', 'probe']),
  accuracy: finite,
  gain: finite,
  low: finite,
  high: finite,
  bestEpoch: z.int(),
  epochs: z.int(),
  problem: z.string().nullable(),
});

/** Versions 1 (transfer gains unknown) and 2. */
const schema = z.object({
  loss: finite,
  accuracy: z.number(),
  top5Accuracy: z.number().nullish().transform((value) => value ?? null),
  classes: z.array(z.string()).min(1),
  predictions: z.array(z.object({
    picture: z.string(),
    label: z.int().min(0),
    predicted: z.int().min(0),
    confidence: z.number().nullish().transform((value) => value ?? 0),
    /** Of every class; a script may leave them out. */
    probabilities: z.array(finite).optional(),
  })),
  transferGain: z.array(baseline).default([]),
});

export type StoredEvaluation = z.output<typeof schema>;

/** evaluation.json as a trainer wrote it; throws an Error that says what is wrong with it. */
export function readEvaluation(bytes: Uint8Array): StoredEvaluation {
  const parsed = schema.safeParse(parseJson(bytes));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new Error(`${path.join('.') || 'the file'}: ${message}`);
  }
  const { classes, predictions } = parsed.data;
  const ragged = predictions.findIndex(({ probabilities }) => probabilities && probabilities.length !== classes.length);
  if (ragged !== -1) throw new Error(`predictions.${ragged}: ${predictions[ragged]!.probabilities!.length} probabilities for ${classes.length} classes`);
  const stray = predictions.findIndex(({ label, predicted }) => label >= classes.length || predicted >= classes.length);
  if (stray !== -1) throw new Error(`predictions.${stray}: a class index is beyond the ${classes.length} classes`);
  return parsed.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`);
  }
}
