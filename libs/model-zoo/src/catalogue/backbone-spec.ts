/** How a picture becomes the model's input, [inputSize, inputSize, 3] float32 RGB. */
export interface Preprocessing {
  /** Side of the square input in pixels. */
  inputSize: number;
  /** Stretched to the square with an antialiased bilinear filter: see resizeFilter. */
  resize: 'fill';
  /** Bytes 0–255 are mapped linearly to this range… */
  range?: [number, number];
  /** …or scaled to 0–1, then (x − mean) / std per channel. Exactly one of the two is given. */
  mean?: [number, number, number];
  std?: [number, number, number];
  /**
   * Of a file whose network takes blue first. Loading turns the kernel that reads the picture round (see takeRgb), so
   * that only stored specs say so; mean and std are red first all the same.
   */
  channelOrder?: 'bgr';
}

/** A named run of layers, from firstLayer to the layer before the next block's firstLayer. */
export interface BackboneBlock {
  name: string;
  firstLayer: string;
}

/** What a trainer needs, beside the files, to load a backbone and cut it. JSON all the way down. */
export interface BackboneSpec {
  name: string;
  /** Family and width: "mobilenet_v1_0.25_224", "digits_cnn"; "layers_model" when unknown. */
  architecture: string;
  preprocessing: Preprocessing;
  /** Input first. */
  blocks: BackboneBlock[];
  /** The layer whose output is the feature map or vector the new head sits on. */
  featureLayer: string;
}

export interface BackboneFile {
  path: string;
  sha256: string;
  /** bytes */
  size: number;
}

/** Pictures a second forward to the feature layer, in batches of 32 natively and of 8 in WebAssembly. */
export interface MeasuredSpeed {
  native: number;
  wasm: number;
  /** Cores and processor: "2 × AMD EPYC". */
  machine: string;
}

/** What is written down of a backbone. */
export interface CatalogueRow extends BackboneSpec {
  title: string;
  description: string;
  source: 'BUILT_IN' | 'CATALOGUE';
  licence: string;
  /** Address of model.json or of the one weight file; null for built-in backbones, which are committed beside the catalogue. */
  address: string | null;
  /** filesDigest of the files: the download is refused when it differs. null where nobody trustworthy states it: the first download pins it. */
  digest: string | null;
  /** Weights, head excluded or not as published. */
  parameters: number;
  /** bytes to download; null when not known before */
  size: number | null;
  /** Published accuracy on ImageNet's validation pictures, and who says so; null when it knows other classes or nobody does. */
  top1: { percent: number; source: string } | null;
}

/** One row of the catalogue, with what was measured of it. */
export interface CatalogueEntry extends CatalogueRow {
  picturesPerSecond: MeasuredSpeed | null;
}
