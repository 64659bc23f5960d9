/** milliseconds */
const interval = 250;

export interface FetchProgress {
  /** bytes of one file so far */
  set(path: string, bytes: number): void;
  /** Waits for the report under way; none follows. */
  end(): Promise<void>;
}

/** Adds up files that arrive side by side and reports at most four times a second, one report at a time. */
export function fetchProgress(report: (bytes: number) => Promise<void>): FetchProgress {
  const bytesOf = new Map<string, number>();
  let reporting: Promise<void> | undefined;
  let lastReport = 0;
  let ended = false;
  return {
    set(path, bytes) {
      bytesOf.set(path, bytes);
      if (ended || reporting || Date.now() - lastReport < interval) return;
      lastReport = Date.now();
      let sum = 0;
      for (const each of bytesOf.values()) sum += each;
      // Progress is for the eye: a report that fails must not end the download.
      reporting = report(sum).catch(() => {}).finally(() => (reporting = undefined));
    },
    async end() {
      ended = true;
      await reporting;
    },
  };
}
