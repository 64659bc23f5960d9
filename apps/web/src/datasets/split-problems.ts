export interface SplitDraft { share: string; seed: string }

const largestSeed = 2 ** 31 - 1;

/** What is wrong with how the validation pictures are to be chosen, in the words of its fields. */
export function splitProblems({ share, seed }: SplitDraft): Partial<Record<keyof SplitDraft, string>> {
  const percent = Number(share);
  const number = Number(seed);
  return {
    ...(!(share.trim() !== '' && percent > 0 && percent < 100) && { share: `The share is "${share}". It must be more than 0 % and less than 100 %, such as 20.` }),
    ...(!(seed.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= largestSeed) && { seed: `The seed is "${seed}". It must be a whole number from 0, such as 1.` }),
  };
}
