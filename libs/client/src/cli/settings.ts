export type Settings = { ok: true; config: Record<string, unknown> } | { ok: false; problems: string[] };

/** `key=value` pairs as a config: a value that is a JSON scalar is that scalar, anything else a string. */
export function parseSettings(pairs: readonly string[]): Settings {
  const problems = pairs.filter((pair) => pair.indexOf('=') < 1).map((pair) => `"${pair}" is not key=value, such as --set epochs=10.`);
  if (problems.length > 0) return { ok: false, problems };
  const entries = pairs.map((pair): [string, unknown] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), parseScalar(pair.slice(at + 1))];
  });
  return { ok: true, config: Object.fromEntries(entries) };
}

function parseScalar(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? text : value;
  } catch {
    return text;
  }
}
