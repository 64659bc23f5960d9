/** Something that went wrong with logging. Nothing is thrown at a training script: it is told once, and kept here. */
export interface Problem {
  code: string;
  /** What was wrong, what is valid or what happens next. */
  message: string;
  /** How often it happened. */
  count: number;
}

/** The problems of one run, one for each code. */
export class Problems {
  readonly list: Problem[] = [];

  constructor(readonly onFirst: (problem: Problem) => void) {}

  add(code: string, message: string, count = 1): void {
    const known = this.list.find((problem) => problem.code === code);
    if (known) {
      known.count += count;
      return;
    }
    const problem = { code, message, count };
    this.list.push(problem);
    try {
      this.onFirst(problem);
    } catch {
      // The script's own callback: its mistake must not become a failure of the training.
    }
  }
}

const told = new Set<string>();

/** On stderr, once in this process: what goes wrong for one run mostly goes wrong for all. */
export function warn(message: string): void {
  if (told.has(message)) return;
  told.add(message);
  try {
    process.stderr.write(`thaw: ${message}\n`);
  } catch {
    // stderr may be closed; that must not end the script.
  }
}
