import type { View } from '@thaw/training';
import type { PictureName } from './decode';

export interface DecodeTask extends PictureName {
  id: number;
  file: string;
  inputSize: number;
  view: View;
  /** Where the RGB bytes [inputSize, inputSize, 3] go. */
  into: SharedArrayBuffer;
}

/** damaged: the file is not there, or not what its name says. */
export type DecodeAnswer = { id: number } & ({ outcome: 'decoded' | 'damaged' } | { outcome: 'failed'; message: string });
