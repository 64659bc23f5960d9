type Test = (name: string, body: () => Promise<void>, timeout?: number) => void;

/** Tests of which each goes on where the last one ended: after a failure the rest is not tried, and says why. */
export function chapters(test: Test, onFailure: (name: string) => Promise<void> = async () => {}): Test {
  let failed: string | null = null;
  return (name, body, timeout) => test(name, async () => {
    if (failed) throw new Error(`Not tried, because “${failed}” failed.`);
    try {
      await body();
    } catch (error) {
      failed = name;
      await onFailure(name);
      throw error;
    }
  }, timeout);
}
