/** The lines of a child's output that belong on the screen: errors. The rest is in its log. */
export function errorLines(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    const logged = asLogRecord(line);
    if (logged) return logged.level >= 50 ? [[logged.msg, logged.err?.message].filter(Boolean).join(': ')] : [];
    return /^\s*(⨯ )?(\w*Error|FATAL|Cannot|Failed|Uncaught)\b/.test(line) ? [line.trim()] : [];
  });
}

/** A line of pino: level 50 is error, 60 fatal. */
function asLogRecord(line: string): { level: number; msg?: string; err?: { message?: string } } | null {
  if (!line.startsWith('{')) return null;
  try {
    const record = JSON.parse(line) as { level?: unknown };
    return typeof record.level === 'number' ? (record as { level: number }) : null;
  } catch {
    return null;
  }
}
