import { BackboneError } from '../backbone-error';
import { list } from '../read-model-json';

export interface StoredTensor {
  dtype: string;
  shape: number[];
  /** Little-endian, row by row; a view of the file. */
  bytes: Uint8Array;
}

/** Bytes per element of every dtype the format has. */
export const bytesPerElement: Readonly<Record<string, number>> = {
  BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, U16: 2, I16: 2, F16: 2, BF16: 2, U32: 4, I32: 4, F32: 4, U64: 8, I64: 8, F64: 8,
};

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;

const mostProblems = 20;

interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/**
 * The tensors of a .safetensors file by name. Layout: 8 bytes with the header's length, a JSON header, then the
 * tensors, which fill the rest without gap or overlap. Throws BackboneError.
 */
export function readSafetensors(path: string, file: Uint8Array): Map<string, StoredTensor> {
  const refuse = (...problems: string[]): never => { throw new BackboneError(problems.map((problem) => `${path} ${problem}`)); };
  /** A header may hold a million entries, and every one of them be wrong. */
  const refuseAll = (problems: readonly string[]): never => refuse(...problems.slice(0, mostProblems), ...(problems.length > mostProblems ? [`has ${problems.length - mostProblems} more such problems.`] : []));
  if (file.length < 8) return refuse(`is ${file.length} bytes, too short for a .safetensors file. Copy it again.`);
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerLength > maxHeaderBytes) return refuse(`claims a header of ${headerLength} bytes, so it is no .safetensors file.`);
  if (headerLength > file.length - 8) return refuse(`is cut: its header takes ${headerLength} bytes, but only ${file.length - 8} follow. Copy it again.`);

  const header = parseHeader(file.subarray(8, 8 + headerLength));
  if (!header) return refuse('has no JSON object for a header, so it is no .safetensors file.');
  const data = file.subarray(8 + headerLength);
  const read = Object.entries(header).filter(([name]) => name !== '__metadata__').map(([name, value]) => readEntry(name, value));
  const broken = read.filter((entry) => typeof entry === 'string');
  if (broken.length > 0) return refuseAll(broken);
  const entries = (read as Entry[]).sort((a, b) => a.begin - b.begin || a.end - b.end);
  if (entries.length === 0) return refuse('holds no tensors.');

  const needed = entries.reduce((most, { end }) => Math.max(most, end), 0);
  if (needed > data.length) {
    const beyond = entries.filter(({ end }) => end > data.length).map(({ name }) => name);
    return refuse(`is cut: its tensors take ${needed} bytes, but only ${data.length} follow the header (${list(beyond)} would end beyond). Copy it again.`);
  }
  const layout = layoutProblems(entries, data.length);
  if (layout.length > 0) return refuseAll(layout);
  return new Map(entries.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, bytes: data.subarray(begin, end) }]));
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return header !== null && typeof header === 'object' && !Array.isArray(header) ? (header as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** As JSON, not too much of it. */
function shown(value: unknown): string | undefined {
  const json = JSON.stringify(value) as string | undefined;
  return json && json.length > 100 ? `${json.slice(0, 100)}…` : json;
}

/** A string says what is wrong. */
function readEntry(name: string, value: unknown): Entry | string {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const size = typeof dtype === 'string' && Object.hasOwn(bytesPerElement, dtype) ? bytesPerElement[dtype]! : null;
  if (size === null) return `stores ${name} as ${shown(dtype)}, which is no dtype of the format (${Object.keys(bytesPerElement).join(', ')}).`;
  if (!areSizes(shape)) return `gives ${name} the shape ${shown(shape)}, which is no list of sizes.`;
  if (!areSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) return `gives ${name} the offsets ${shown(offsets)}, which are no [begin, end].`;
  const [begin, end] = offsets as [number, number];
  const wanted = shape.reduce((product, side) => product * side, size);
  if (end - begin !== wanted) return `gives ${name} ${end - begin} bytes, but ${dtype} [${shape.join(', ')}] takes ${wanted}.`;
  return { name, dtype: dtype as string, shape, begin, end };
}

const areSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);

/** Every byte belongs to exactly one tensor. Entries in order of their beginning. */
function layoutProblems(entries: readonly Entry[], length: number): string[] {
  const problems: string[] = [];
  let covered = 0;
  let last = 'the header';
  for (const { name, begin, end } of entries) {
    if (begin < covered) problems.push(`overlaps itself: ${name} begins at byte ${begin}, before ${last} ends at ${covered}.`);
    if (begin > covered) problems.push(`has ${begin - covered} bytes between ${last} and ${name} that belong to no tensor.`);
    if (end >= covered) [covered, last] = [end, name];
  }
  if (covered < length) problems.push(`has ${length - covered} bytes after ${last}, its last tensor, that belong to no tensor.`);
  return problems;
}
