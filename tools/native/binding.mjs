import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { run } from './commands.mjs';

/** Compiles @tensorflow/tfjs-node's C++ part: lib/napi-v<api>/tfjs_binding.node. */
export function compileBinding({ folder, api, nodeGyp }) {
  console.log('Compiling the binding …');
  const headers = nodeHeaders();
  run(
    process.execPath,
    [nodeGyp, 'rebuild', '--loglevel=error', ...(headers ? [`--nodedir=${headers}`] : []), '--module_name=tfjs_binding',
      `--module_path=${path.join(folder, 'lib', `napi-v${api}`)}`, `--napi_build_version=${api}`],
    {
      cwd: folder,
      onFailure:
        'Compiling failed; the messages above say why. ' +
        (headers ? '' : 'Node’s headers were to be downloaded from nodejs.org; where that is out of reach, set npm_config_nodedir to a folder that has include/node/node_api.h.'),
    },
  );
}

/** Headers that came with the running Node save a download. */
function nodeHeaders() {
  const beside = path.dirname(path.dirname(realpathSync(process.execPath)));
  return [process.env.npm_config_nodedir, beside].find((each) => each && existsSync(path.join(each, 'include/node/node_api.h')));
}
