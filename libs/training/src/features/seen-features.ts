/** What the network makes of the validation pictures just before its last layer. */
export interface SeenFeatures {
  /** Which of the pictures, by their place. */
  rows: number[];
  channels: number;
  /** [rows, channels] */
  values: Float32Array;
}

/** More points than this are no longer told apart on a map, and their file would no longer be small. */
export const mostMapped = 2000;

/** Takes features as the batches come by. With many pictures, some of them: evenly spread, so that every class is there and every run keeps the same ones. */
export class FeatureCollector {
  private readonly placeOf: Map<number, number>;
  private values: Float32Array | null = null;
  private channels = 0;

  constructor(count: number) {
    const kept = Math.min(count, mostMapped);
    this.placeOf = new Map(Array.from({ length: kept }, (_, place) => [Math.floor((place * count) / kept), place]));
  }

  /** features: [pictures, channels], of the pictures from `start` on */
  add(start: number, features: Float32Array, channels: number): void {
    this.channels = channels;
    this.values ??= new Float32Array(this.placeOf.size * channels);
    for (let row = 0; row * channels < features.length; row++) {
      const place = this.placeOf.get(start + row);
      if (place !== undefined) this.values.set(features.subarray(row * channels, (row + 1) * channels), place * channels);
    }
  }

  collected(): SeenFeatures | null {
    return this.values && { rows: [...this.placeOf.keys()], channels: this.channels, values: this.values };
  }
}
