import { resizeFilter } from '@thaw/model-zoo/catalogue/resize-filter';
import { buildGraph } from './build-graph';
import { writeOnnx } from './onnx/write-onnx';
import { readModel, type ModelFile } from './read-model';
import { writeSavedModel } from './saved-model/write-saved-model';

export const convertedFormats = ['onnx', 'saved_model'] as const;
export type ConvertedFormat = (typeof convertedFormats)[number];

/**
 * The files a run's model has (model.json, weights.bin, labels.json, preprocessing.json) in another format. What comes
 * out takes RGB values of 0–255, so that its preprocessing.json only tells how to stretch. Throws ModelExportError.
 */
export function convertModel(files: readonly ModelFile[], format: ConvertedFormat): ModelFile[] {
  const model = readModel(files);
  const graph = buildGraph(model);
  const { inputSize, resize } = model.preprocessing;
  const labels = JSON.stringify(model.labels);
  const preprocessing = JSON.stringify({ inputSize, resize, range: [0, 255], description: description(inputSize) });
  const beside = [{ path: 'labels.json', bytes: utf8(labels) }, { path: 'preprocessing.json', bytes: utf8(preprocessing) }];
  if (format === 'onnx') return [{ path: 'model.onnx', bytes: writeOnnx(graph, { labels, preprocessing }) }, ...beside];
  return [{ path: 'saved_model.pb', bytes: writeSavedModel(graph) }, ...beside];
}

const description = (side: number): string =>
  `Stretch the RGB picture to ${side} × ${side} pixels with an antialiased bilinear filter and give the bytes as they are, 0–255. Input: float32 [n, ${side}, ${side}, 3]; the model scales it itself. ${resizeFilter}`;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
