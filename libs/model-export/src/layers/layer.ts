import type { Constant, Pair, Padding, Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import { ModelExportError } from '../model-export-error';
import type { LayerCall } from '../read-model';

/** Writes one layer as operations. */
export type LayerWriter = (graph: GraphBuilder, layer: LayerReader, x: Value, all: readonly Value[]) => Value;

/** What a topology says about a layer, checked while it is read. Keys are Keras's, in snake case. */
export class LayerReader {
  constructor(private readonly call: LayerCall) {}

  get<T>(key: string, fallback: T): T {
    return (this.call.config[key] ?? fallback) as T;
  }

  pair(key: string, fallback: Pair | number): Pair {
    const value = this.get<Pair | number>(key, fallback);
    return typeof value === 'number' ? [value, value] : [value[0], value[1] ?? value[0]];
  }

  padding(): Padding {
    const padding = this.get<string>('padding', 'valid');
    if (padding === 'same' || padding === 'valid') return padding;
    throw this.unsupported(`padding "${padding}"`);
  }

  weight(name: string): Constant {
    const weight = this.call.weights.get(name);
    if (!weight) throw new ModelExportError(`The model is damaged: the layer ${this.call.name} lacks its weight "${name}".`);
    return weight;
  }

  channelsLast(): void {
    if (this.get<string>('data_format', 'channels_last') === 'channels_first') throw this.unsupported('channels first');
  }

  unsupported(what: string): ModelExportError {
    return new ModelExportError(`The layer ${this.call.name} (${this.call.className}) has ${what}, which cannot be written as ONNX or SavedModel yet. The format tfjs works.`);
  }
}
