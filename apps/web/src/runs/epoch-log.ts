/** Changes when a run starts over or ends: its points must then be read anew. */
export const epochLog = (runs: readonly { id: string; attempt: number; endedAt?: string | null }[]): string =>
  runs.map(({ id, attempt, endedAt }) => `${id}:${attempt}:${endedAt ?? ''}`).join(' ');
