/** Frozen features kept between runs: tables of rows, one per picture, under a name that says all they depend on. */
export interface FeatureStore {
  /** null when the table is not there, or damaged. */
  open(key: string, size: FeatureTableSize): Promise<FeatureTable | null>;
  /** null when there is no room for it. */
  create(key: string, size: FeatureTableSize): Promise<FeatureTableWriter | null>;
}

export interface FeatureTableSize {
  rows: number;
  /** 32-bit floats in a row */
  values: number;
}

export interface FeatureTable {
  /** Rows in the order asked for, [indices.length × values]. */
  read(indices: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A disk that fills up is no failure of the run: the table is given up, and finish() says so with null. */
export interface FeatureTableWriter {
  append(rows: Float32Array): Promise<void>;
  /** The table, once it is complete and safe on disk. */
  finish(): Promise<FeatureTable | null>;
  /** Leaves no trace. */
  discard(): Promise<void>;
}
