'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { decodePicture } from './decode-picture';
import type { Classifier, Sight } from './load-classifier';

/** One picture and what the model says of it. */
export interface Look {
  id: number;
  name: string;
  /** Address of the picture. */
  url: string;
  /** Its true class, where that is known. */
  truth?: string;
  sight?: Sight;
  problem?: string;
}

const most = 100;
let nextId = 1;

/** Pictures as they come, newest first; looked at one after the other. */
export function useLooks(classifier: Classifier) {
  const [looks, setLooks] = useState<Look[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => { gone.current = true; };
  }, []);

  const add = useCallback((name: string, url: string, read: () => Promise<Blob>, truth?: string) => {
    const look: Look = { id: nextId++, name, url, truth };
    setLooks((held) => {
      release(held.slice(most - 1));
      return [look, ...held.slice(0, most - 1)];
    });
    queue.current = queue.current.then(async () => {
      if (gone.current) return;
      const outcome = await read().then((blob) => decodePicture(blob, name)).then((picture) => classifier.look(picture)).then(
        (sight): Partial<Look> => ({ sight }),
        (error: Error): Partial<Look> => ({ problem: error.message }),
      );
      setLooks((held) => held.map((each) => (each.id === look.id ? { ...each, ...outcome } : each)));
    });
  }, [classifier]);

  const addFiles = useCallback((files: Iterable<File>) => {
    for (const file of files) add(file.name || 'pasted picture', URL.createObjectURL(file), () => Promise.resolve(file));
  }, [add]);

  const addExample = useCallback(({ path, sha256, url }: { path: string; sha256: string; url: string }, truth: string) => {
    // The file as it was imported, which the trainer saw; at `url` is a copy compressed with loss.
    const read = async () => {
      const response = await fetch(`/blobs/${sha256}`);
      if (!response.ok) throw new Error(`The server did not give ${path}: ${response.status}.`);
      return response.blob();
    };
    add(path, url, read, truth);
  }, [add]);

  const clear = () => {
    release(looks);
    setLooks([]);
  };
  return { looks, addFiles, addExample, clear };
}

/** The browser holds a file for as long as it has an address; nothing happens to addresses of the server's. */
function release(looks: readonly Look[]): void {
  for (const { url } of looks) URL.revokeObjectURL(url);
}
