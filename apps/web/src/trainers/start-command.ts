/** What is typed to start one more trainer. */
export interface StartedTrainer {
  name: string;
  labels: string;
  /** null: beside the server */
  url: string | null;
}

const plain = /^[\w.,:/@-]+$/;
const quote = (text: string) => (plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export function startCommand({ name, labels, url }: StartedTrainer): string {
  const settings = [url && ['THAW_URL', url], name.trim() && ['THAW_TRAINER_NAME', name.trim()], labels.trim() && ['THAW_TRAINER_LABELS', labels.split(/[\s,]+/).filter(Boolean).join(',')]];
  return [...settings.filter((each) => Array.isArray(each)).map(([key, value]) => `${key}=${quote(value!)}`), 'npm run trainer'].join(' ');
}

/** Whether only the server's own machine can reach that address. */
export const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url);
