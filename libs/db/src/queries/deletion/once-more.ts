const uniqueViolation = '23505';

/** Does work again that lost a race for a name: the second time it sees who won. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as { code?: string };
    if (code !== uniqueViolation) throw error;
    return work();
  }
}
