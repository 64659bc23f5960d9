/** Saves a text as a file on the reader's machine. */
export function download(text: BlobPart, name: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A run's name as a file may be called. */
export const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '-');
