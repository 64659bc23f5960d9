import * as tf from '@tensorflow/tfjs';
import { BackboneError } from '../backbone-error';
import { layerOutput } from '../layer-graph';
import { list } from '../read-model-json';
import { fillLayers } from './fill-layers';
import type { KerasArchitecture } from './architectures';
import type { KerasFile } from './keras-file';

/** The architecture with a file's weights, matched by the names of the layers. A file of a "notop" model gives one that ends at the feature layer. Throws BackboneError. */
export function fillArchitecture(path: string, file: KerasFile, architecture: KerasArchitecture): tf.LayersModel {
  const whole = architecture.build(tf);
  try {
    const inFile = new Set(file.layerNames);
    const body = tf.model({ name: whole.name, inputs: whole.inputs, outputs: layerOutput(whole, architecture.featureLayer) });
    const withTop = weighted(whole).every(({ name }) => inFile.has(name));
    const model = withTop ? whole : body;
    const wanted = weighted(model).map(({ name }) => name);
    const known = new Set(weighted(whole).map(({ name }) => name));
    const missing = wanted.filter((name) => !inFile.has(name));
    const unused = file.layerNames.filter((name) => !known.has(name));
    const problems = [
      ...(missing.length > 0 ? [`${path} lacks ${missing.length} of the ${wanted.length} layers of ${architecture.name}: ${list(missing, 20)}.`] : []),
      ...(unused.length > 0 ? [`${architecture.name} has no place for ${unused.length} of the layers in ${path}: ${list(unused, 20)}. Is the file of another architecture?`] : []),
    ];
    if (problems.length > 0) throw new BackboneError(problems);
    fillLayers(path, weighted(model).map((layer) => ({ layer, given: file.stored({ group: layer.name, nestedAs: null, path: '' }) })));
    if (!withTop) for (const layer of weighted(whole)) if (!wanted.includes(layer.name)) layer.dispose();
    return model;
  } catch (error) {
    whole.dispose();
    throw error;
  }
}

const weighted = (model: tf.LayersModel) => model.layers.filter(({ weights }) => weights.length > 0);
