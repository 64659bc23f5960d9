/** Parsed JSON of an artifact's file; throws an Error that says what is wrong. */
export function readJson(bytes: Uint8Array): unknown {
  const text = readText(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is no JSON: ${(error as Error).message}`);
  }
}

/** Throws an Error that says where the bytes stop being UTF-8. */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`it is no text in UTF-8: near byte ${firstStrayByte(bytes)} is what no character has. Save it as UTF-8`);
  }
}

/** By halving: a beginning of valid text, cut within a character, is valid as a stream. */
function firstStrayByte(bytes: Uint8Array): number {
  let valid = 0;
  let end = bytes.length;
  while (end - valid > 1) {
    const middle = (valid + end) >> 1;
    if (isBeginning(bytes.subarray(0, middle))) valid = middle;
    else end = middle;
  }
  return valid;
}

function isBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
