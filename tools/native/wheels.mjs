import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fail, python } from './commands.mjs';

/** Outside the checkout, so that a fresh clone does not download again. */
const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'thaw/wheels');

const platforms = ['manylinux1', 'manylinux2010', 'manylinux2014', 'manylinux_2_17', 'manylinux_2_27', 'manylinux_2_28'];

/** Downloads each requirement's wheel, unless it is in the cache, and returns the files in the same order. */
export function downloadWheels(requirements) {
  mkdirSync(cache, { recursive: true });
  const missing = requirements.filter((each) => !cached(each));
  const fetched = missing.length > 0 ? download(missing) : [];
  return requirements.map((each) => cached(each) ?? fetched.find((file) => path.basename(file).startsWith(`${fileName(each)}-`)) ?? fail(`pip reported success, but no wheel of ${each} is in ${cache}.`));
}

function download(requirements) {
  console.log(`Downloading ${requirements.join(', ')} from PyPI …`);
  // Any Python will do to fetch them: the wheel's own Python version does not matter to the library inside.
  const { status, stdout } = spawnSync(
    python(),
    ['-m', 'pip', 'download', '--disable-pip-version-check', '--progress-bar=off', '--no-deps', '--only-binary=:all:', '--python-version=3.11',
      ...platforms.map((name) => `--platform=${name}_x86_64`), `--dest=${cache}`, ...requirements],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 << 20 },
  );
  if (status !== 0) fail('The download failed. Fetch the wheel elsewhere and pass it: npm run native -- --wheel FILE');
  // Of a range of versions pip alone knows which one it took, and whether it had it already.
  return [...stdout.matchAll(/(?:Saved|File was already downloaded) (.+\.whl)/g)].map(([, file]) => path.join(cache, path.basename(file)));
}

const fileName = (requirement) => /^[\w.-]+/.exec(requirement)[0].replaceAll('-', '_');

function cached(requirement) {
  const [, version] = requirement.split('==');
  const file = version && readdirSync(cache).find((each) => each.startsWith(`${fileName(requirement)}-${version}-`) && each.endsWith('.whl'));
  return file ? path.join(cache, file) : undefined;
}

/** The NVIDIA wheels that belong to this very TensorFlow, from the wheel's own metadata. */
export function cudaRequirements(wheel) {
  const metadata = zip(wheel, 'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1]) as z:\n  print(z.read(next(n for n in z.namelist() if n.endswith(".dist-info/METADATA"))).decode())');
  const lines = metadata.split('\n').filter((line) => line.startsWith('Requires-Dist:') && /extra == ['"]and-cuda['"]/.test(line));
  const requirements = lines.flatMap((line) => {
    // "==12.3.4.1"; of newer ones a range, "<13.0,>=12.5.3.2"
    const [, name, versions] = /^Requires-Dist: ([\w.-]+)\s*\(?([=<>~!][^;)]*)/.exec(line) ?? [];
    return name?.startsWith('nvidia-') ? [`${name}${versions.replaceAll(' ', '')}`] : [];
  });
  if (requirements.length === 0) fail(`${wheel} names no CUDA wheels (extra "and-cuda"): use a wheel of tensorflow 2.14 or newer.`);
  return requirements;
}

/** Members whose name starts with a key of `moves` land under `folder`, with the key replaced by its value. */
export function extract(wheel, folder, moves) {
  zip(
    wheel,
    `
import json, os, shutil, sys, zipfile
folder, moves = sys.argv[2], json.loads(sys.argv[3])
with zipfile.ZipFile(sys.argv[1]) as z:
  for name in z.namelist():
    for start, to in moves.items():
      if name.startswith(start) and not name.endswith('/'):
        target = os.path.join(folder, to + name[len(start):])
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with z.open(name) as source, open(target, 'wb') as sink:
          shutil.copyfileobj(source, sink, 1 << 20)
        if '/bin/' in target:
          os.chmod(target, 0o755)`,
    folder,
    JSON.stringify(moves),
  );
}

function zip(wheel, program, ...args) {
  const { status, stdout, stderr } = spawnSync(python(), ['-c', program, wheel, ...args], { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (status !== 0) fail(`${wheel} cannot be read as a wheel:\n${stderr.trim()}`);
  return stdout;
}
