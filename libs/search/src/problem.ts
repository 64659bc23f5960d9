export interface SearchProblem {
  /** What was wrong, what is valid, what to do. */
  message: string;
  /** From 1. */
  column: number;
  /** Of what is wrong, in characters; 0 at the end of the text. */
  length: number;
  /** What could stand there. */
  expected: string[];
}
