/** How a picture's file is called when only its bytes are given: by its first bytes. */
export function pictureFileName(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (start.startsWith('\x89PNG')) return 'image.png';
  if (start.startsWith('\xff\xd8\xff')) return 'image.jpg';
  if (start.startsWith('GIF8')) return 'image.gif';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image.webp';
  if (/^\s*(<\?xml|<!--|<svg)/.test(start)) return 'image.svg';
  throw new TypeError('The bytes are no png, jpeg, webp, gif or svg');
}
