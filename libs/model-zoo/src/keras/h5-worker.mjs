// Reads one HDF5 file: workerData { bytes, maxBytes } → a message { attributes, tensors } or { problem }.
// A worker of its own, because a damaged file may send the C library into a loop or an abort, and because the memory of
// WebAssembly never shrinks: with the worker it goes.
import { parentPort, workerData } from 'node:worker_threads';
import { Dataset, File, FS, Group, ready } from 'h5wasm/node';

const maxObjects = 100_000;
const maxDepth = 40;
/** What Keras writes beside the weights: the optimizer's state is as large as they are. */
const passedOver = new Set(['/optimizer_weights', '/optimizer']);
const described = ['layer_names', 'weight_names', 'name', 'model_config', 'keras_version'];

class Refusal extends Error {}

/** Lists beyond 64 kB are cut in pieces: weight_names0, weight_names1, … */
function readAttribute(attributes, wanted) {
  const pieces = Object.keys(attributes)
    .filter((name) => name === wanted || (name.startsWith(wanted) && /^\d+$/.test(name.slice(wanted.length))))
    .sort((a, b) => Number(a.slice(wanted.length)) - Number(b.slice(wanted.length)));
  const values = pieces.map((name) => attributes[name].value);
  if (values.length === 0) return undefined;
  if (typeof values[0] === 'string') return values[0];
  return values.flatMap((value) => [...(value ?? [])].map(String));
}

/** Elements as float32, row by row. */
function readTensor(path, dataset, budget) {
  const { shape, metadata: { type, size } } = dataset;
  // HDF5's classes: 0 whole numbers, 1 floating point.
  if (!shape || (type !== 0 && type !== 1) || (type === 1 && size !== 4 && size !== 8)) throw new Refusal(`stores ${path} as ${dataset.dtype}${shape ? '' : ' without a shape'}; weights are float32 or float64.`);
  const length = shape.reduce((product, side) => product * side, 1);
  budget.bytes -= length * size;
  if (!(budget.bytes >= 0)) throw new Refusal(`claims that ${path} is [${shape.join(', ')}], more than the file can hold. It is damaged, or made to fill the memory.`);
  const value = length === 0 ? [] : dataset.value;
  if (value === null) throw new Refusal(`cannot be read at ${path}: it is damaged. Copy it again.`);
  if (value instanceof Float32Array) return new Float32Array(value);
  return Float32Array.from(typeof value === 'object' ? value : [value], Number);
}

function walk(group, path, depth, contents, budget) {
  if (depth > maxDepth || (budget.objects -= 1) < 0) throw new Refusal('nests its groups without end, as no Keras file does.');
  const { attrs } = group;
  const known = described.flatMap((name) => { const value = readAttribute(attrs, name); return value === undefined ? [] : [[name, value]]; });
  if (known.length > 0) contents.attributes.push([path === '' ? '/' : path, Object.fromEntries(known)]);
  for (const name of group.keys()) {
    const at = `${path}/${name}`;
    if (passedOver.has(at)) continue;
    const entry = group.get(name);
    if (entry instanceof Group) walk(entry, at, depth + 1, contents, budget);
    else if (entry instanceof Dataset) {
      if ((budget.objects -= 1) < 0) throw new Refusal('has more than 100,000 entries, as no Keras file has.');
      contents.tensors.push({ path: at, shape: [...(entry.shape ?? [])], values: readTensor(at, entry, budget) });
    }
  }
}

/** HDF5 answers with the calls it was in, innermost last: "#006: file line 577 in H5F__super_read(): truncated file: eof = 1000000, …" */
function damaged(message) {
  const [, have, wanted] = /truncated file: eof = (\d+),.* stored_eof = (\d+)/.exec(message) ?? [];
  if (wanted !== undefined) return `is cut: it is ${have} bytes and says it has ${wanted}. Copy it again.`;
  const cause = [...message.matchAll(/in H5\w+\(\): (.*)/g)].at(-1)?.[1] ?? message.split('\n')[0];
  return `is damaged: ${cause}. Copy it again.`;
}

async function read() {
  const { activate_throwing_error_handler: throwErrors } = await ready;
  // Instead of printing what is wrong.
  throwErrors();
  FS.writeFile('/file', workerData.bytes, { canOwn: true });
  const file = new File('/file', 'r');
  if (file.file_id < 0n) throw new Refusal('cannot be opened as HDF5.');
  const contents = { attributes: [], tensors: [] };
  walk(file, '', 0, contents, { bytes: workerData.maxBytes, objects: maxObjects });
  return contents;
}

try {
  const contents = await read();
  parentPort.postMessage(contents, contents.tensors.map(({ values }) => values.buffer));
} catch (error) {
  parentPort.postMessage({ problem: error instanceof Refusal ? error.message : damaged(error.message) });
}
