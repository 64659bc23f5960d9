/**
 * Pictures a second forward through every backbone of the catalogue, to its feature layer, on each backend:
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/measure-backbone-speeds.ts [--seconds 3] [NAME …]
 * Batches of 32 natively, of 8 in WebAssembly, on noise. What weights hold does not matter, so nothing is downloaded.
 * Writes libs/model-zoo/src/catalogue/speeds.json; with names, only their rows change. Run it on a quiet machine.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { builtInFolder, catalogue, findArchitectures, layerGraph, layerOutput, workspaceRoot, type CatalogueEntry } from '@thaw/model-zoo';
import speeds from '@thaw/model-zoo/catalogue/speeds.json';
import { findKerasArchitecture } from '@thaw/model-zoo/keras/architectures/index';
import { compiled } from '../src/kernels/native/graph/compiled';
import { compileBody } from '../src/network/body';
import { backboneFolder } from './backbone-folder';
import { useBackend } from './backend';

const root = workspaceRoot(__dirname);

/** Natively the first call records the graph and the second lets TensorFlow optimise it. */
const backends = [
  { name: 'native', module: path.join(root, '.native/node_modules/@tensorflow/tfjs-node'), batch: 32, warmUps: 2 },
  { name: 'wasm', module: 'wasm', batch: 8, warmUps: 1 },
] as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { seconds: { type: 'string', default: '3' } }, allowPositionals: true });
  const asked = catalogue.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const rows: Record<string, { native: number; wasm: number }> = { ...speeds.rows };
  for (const { name: backend, module, batch, warmUps } of backends) {
    await useBackend(module);
    for (const entry of asked) {
      const rate = await forwardRate(entry, { batch, warmUps, seconds: Number(values.seconds) });
      rows[entry.name] = { ...(rows[entry.name] ?? { native: 0, wasm: 0 }), [backend]: Number(rate.toPrecision(3)) };
      console.log(`${entry.name}: ${rate.toFixed(1)} pictures/s, ${backend}`);
    }
  }
  // In the catalogue's order, without rows that left it.
  const measured = Object.fromEntries(catalogue.flatMap(({ name }) => (rows[name] ? [[name, rows[name]]] : [])));
  const machine = `${cpus().length} × ${cpus()[0]!.model.trim()}`;
  writeFileSync(path.join(root, 'libs/model-zoo/src/catalogue/speeds.json'), `${JSON.stringify({ machine, rows: measured }, null, 2)}\n`);
}

/** As many batches as begin within the time, at least two. */
async function forwardRate(entry: CatalogueEntry, { batch, warmUps, seconds }: { batch: number; warmUps: number; seconds: number }): Promise<number> {
  const model = await build(entry);
  const graph = layerGraph(layerOutput(model, entry.featureLayer));
  const body = compileBody(graph, { isFrozen: () => true, trainNorms: false });
  const weights = [...new Set(graph.flatMap(({ layer }) => layer.weights.map((weight) => weight.read() as tf.Variable)))];
  const forward = compiled(([pictures], draw) => [body.run(0, pictures!, graph.length - 1, { training: false, draw })], weights);
  const { inputSize } = entry.preprocessing;
  const pictures = tf.randomUniform([batch, inputSize, inputSize, 3], -1, 1);
  const once = async () => {
    const [features] = forward([pictures]);
    await features!.data();
    features!.dispose();
  };

  for (let call = 0; call < warmUps; call++) await once();
  const started = performance.now();
  let [batches, elapsed] = [0, 0];
  while (batches < 2 || elapsed < seconds) {
    await once();
    batches += 1;
    elapsed = (performance.now() - started) / 1000;
  }
  pictures.dispose();
  [forward, body, model].forEach((part) => part.dispose());
  return (batch * batches) / elapsed;
}

async function build(entry: CatalogueEntry): Promise<tf.LayersModel> {
  if (entry.source === 'BUILT_IN') return (await backboneFolder(builtInFolder(entry))).model;
  // Keras writes a width of one half as 0.5, the address of its files as 0.50. Where both know a name, the row is Keras's:
  // those of timm and torchvision say their family.
  const architecture = findKerasArchitecture(entry.architecture.replace('0.50', '0.5')) ?? findArchitectures(entry.architecture)[0];
  if (!architecture) throw new Error(`No architecture builds "${entry.architecture}" of the row ${entry.name}.`);
  return architecture.build(tf);
}

main().catch((error: unknown) => { console.error(error); process.exitCode = 1; });
