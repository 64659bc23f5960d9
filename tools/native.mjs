// `npm run native [-- --cuda] [-- --wheel FILE] [-- --tensorflow VERSION]`: builds the native TensorFlow backend
// into .native, against the libtensorflow inside a PyPI wheel. @tensorflow/tfjs-node's own installer downloads a
// libtensorflow that is years older (2.9, CUDA 11.2) from a host that not every network reaches.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compileBinding } from './native/binding.mjs';
import { fail, python, requireTools, run } from './native/commands.mjs';
import { cudaRequirements, downloadWheels, extract } from './native/wheels.mjs';
import { ensureInstalled, root } from './prepare.mjs';

const tfjsNode = '4.22.0';
const nodeGyp = '11.4.2';

const { values: options } = parseArgs({
  options: { cuda: { type: 'boolean', default: false }, wheel: { type: 'string' }, tensorflow: { type: 'string', default: '2.16.2' } },
});
if (process.platform !== 'linux' || process.arch !== 'x64') {
  fail(`npm run native works on x86-64 Linux; this is ${process.platform} ${process.arch}. Training runs on the wasm backend here.`);
}
if (options.wheel && !existsSync(options.wheel)) fail(`--wheel ${options.wheel}: no such file.`);
ensureInstalled();

const home = path.join(root, '.native');
const folder = path.join(home, 'node_modules/@tensorflow/tfjs-node');
const stampFile = path.join(home, 'stamp.json');
// tensorflow_cpu-2.16.2-cp311-….whl → tensorflow 2.16.2: the same library, wherever its wheel came from.
const [, wheelVersion] = /^tensorflow(?:_cpu)?-([^-]+)-/.exec(path.basename(options.wheel ?? '')) ?? [];
const library = options.wheel ? (wheelVersion ? `tensorflow ${wheelVersion}` : path.basename(options.wheel)) : `tensorflow ${options.tensorflow}`;
// The binding uses Node-API, whose version is all it shares with Node.
const stamp = JSON.stringify({ library, cuda: options.cuda, tfjsNode, napi: bindingApi(), layout: 1 });

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log(`The native backend is built already (${library}${options.cuda ? ', CUDA' : ''}). Delete ${home} to build it anew.`);
} else {
  requireTools();
  rmSync(stampFile, { force: true });
  installPackage();
  layLibraries();
  compileBinding({ folder, api: bindingApi(), nodeGyp: path.join(home, 'node_modules/node-gyp/bin/node-gyp.js') });
  verify();
  writeFileSync(stampFile, stamp);
}

/** The newest Node-API that both this Node and tfjs-node (3 to 8) know. */
function bindingApi() {
  return Math.min(8, Number(process.versions.napi));
}

function installPackage() {
  console.log(`Installing @tensorflow/tfjs-node ${tfjsNode} into ${home} …`);
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
  const packages = [`@tensorflow/tfjs-node@${tfjsNode}`, `node-gyp@${nodeGyp}`];
  run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: home,
    onFailure: 'Installing @tensorflow/tfjs-node failed. Check that the npm registry can be reached.',
  });
  // Two copies of tfjs in one process do not share backends: without these, Node climbs to the root's copy.
  const scope = path.join(home, 'node_modules/@tensorflow');
  for (const name of readdirSync(scope)) if (name !== 'tfjs-node') rmSync(path.join(scope, name), { recursive: true });

  // Node 23 removed these two from `util`.
  for (const file of ['dist/nodejs_kernel_backend.js', 'dist/kernels/TopK.js'].map((name) => path.join(folder, name))) {
    const source = readFileSync(file, 'utf8');
    writeFileSync(file, source.replaceAll('(0, util_1.isNullOrUndefined)(', '(function (value) { return value == null; })(').replaceAll('(0, util_1.isArray)(', 'Array.isArray('));
  }
}

/** deps/include and deps/lib, where binding.gyp and the binding's rpath ($ORIGIN/../../deps/lib) look. */
function layLibraries() {
  const deps = path.join(folder, 'deps');
  rmSync(deps, { recursive: true, force: true });
  const requirement = `${options.cuda ? 'tensorflow' : 'tensorflow-cpu'}==${options.tensorflow}`;
  const wheel = options.wheel ?? downloadWheels([requirement])[0];
  console.log(`Unpacking ${path.basename(wheel)} …`);
  extract(wheel, deps, {
    'tensorflow/include/tensorflow/': 'include/tensorflow/',
    'tensorflow/include/tsl/': 'include/tsl/',
    'tensorflow/include/xla/': 'include/xla/',
    'tensorflow/libtensorflow': 'lib/libtensorflow',
  });
  const lib = path.join(deps, 'lib');
  if (!existsSync(path.join(lib, 'libtensorflow_cc.so.2'))) fail(`${wheel} holds no libtensorflow_cc.so.2: it is no Linux wheel of tensorflow or tensorflow-cpu.`);
  symlinkSync('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so'));
  symlinkSync('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so.2'));
  symlinkSync('libtensorflow_framework.so.2', path.join(lib, 'libtensorflow_framework.so'));
  if (options.cuda) layCuda(wheel, deps);
}

/** CUDA's own wheels, laid beside deps/lib as pip lays them beside tensorflow/, so that their relative rpaths hold. */
function layCuda(tensorflowWheel, deps) {
  for (const wheel of downloadWheels(cudaRequirements(tensorflowWheel))) {
    console.log(`Unpacking ${path.basename(wheel)} …`);
    extract(wheel, deps, { 'nvidia/': 'nvidia/' });
  }
  // TensorFlow's libraries look for the others beside themselves.
  for (const part of readdirSync(path.join(deps, 'nvidia'))) {
    const libraries = path.join(deps, 'nvidia', part, 'lib');
    if (!existsSync(libraries)) continue;
    for (const name of readdirSync(libraries)) {
      const link = path.join(deps, 'lib', name);
      if (name.includes('.so') && !existsSync(link)) symlinkSync(path.join('../nvidia', part, 'lib', name), link);
    }
  }
}

function verify() {
  const program = `
    const tf = require(${JSON.stringify(folder)});
    const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
    if (String(product) !== '19,22,43,50') throw new Error('wrong product: ' + product);
    const { binding, isUsingGpuDevice } = tf.backend();
    console.log('The native backend works: tfjs-node ' + tf.version['tfjs-node'] + ' on TensorFlow ' + binding.TF_Version + (isUsingGpuDevice ? ', on the GPU.' : ', on the CPU.'));
    if (${options.cuda} && !isUsingGpuDevice) console.log('No GPU was found. Is the NVIDIA driver installed (nvidia-smi)? \`npm run -s thaw -- doctor\` says what is missing.');`;
  run(process.execPath, ['-e', program], {
    cwd: root,
    env: { TF_CPP_MIN_LOG_LEVEL: options.cuda ? '1' : '2' },
    onFailure: `The binding was built but does not load (${python()}, ${library}). The message above names what is missing.`,
  });
}
