import { floatValues } from './float-values';
import { readSafetensors } from './read-safetensors';
import { safetensorsFile } from './testing';
import { writeSafetensors } from './write-safetensors';

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const halves = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
const file = (edit?: Parameters<typeof safetensorsFile>[1]) =>
  safetensorsFile([{ name: 'a', shape: [2], bytes: floats(1, -2) }, { name: 'b', shape: [], dtype: 'I64', bytes: new Uint8Array(8) }, { name: 'c', shape: [1, 1], bytes: floats(3) }], edit);

test('tensors are read by name, whatever byte they begin at', () => {
  const shifted = new Uint8Array(file().length + 1);
  shifted.set(file(), 1);
  const tensors = readSafetensors('w.safetensors', shifted.subarray(1));
  expect([...tensors].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([['a', 'F32', [2]], ['b', 'I64', []], ['c', 'F32', [1, 1]]]);
  expect([...floatValues(tensors.get('a')!)!]).toEqual([1, -2]);
  expect(floatValues(tensors.get('b')!)).toBeNull();
});

test('what is written is read again', () => {
  const tensors = new Map([['a', { dtype: 'F32', shape: [2, 1], bytes: floats(1, Number.NaN) }], ['b/c', { dtype: 'U8', shape: [3], bytes: Uint8Array.of(1, 2, 3) }], ['none', { dtype: 'F32', shape: [0], bytes: new Uint8Array(0) }]]);
  const written = writeSafetensors(tensors);
  expect(readSafetensors('w.safetensors', written)).toEqual(tensors);
  expect(writeSafetensors(tensors)).toEqual(written);
});

test('half precision becomes float32', () => {
  const tensors = readSafetensors('w.safetensors', safetensorsFile([
    { name: 'f16', dtype: 'F16', shape: [6], bytes: halves(0x3c00, 0xc500, 0x3555, 0x0001, 0x8000, 0x7c00) },
    { name: 'bf16', dtype: 'BF16', shape: [3], bytes: halves(0x3f80, 0xc0a0, 0x3eab) },
  ]));
  expect([...floatValues(tensors.get('f16')!)!]).toEqual([1, -5, 0.333251953125, 2 ** -24, -0, Infinity]);
  expect([...floatValues(tensors.get('bf16')!)!]).toEqual([1, -5, 0.333984375]);
});

const withLength = (length: bigint) => {
  const bytes = file();
  bytes.writeBigUInt64LE(length);
  return bytes;
};

test.each([
  ['an empty file', Buffer.alloc(0), /^w is 0 bytes, too short/],
  ['an absurd header length', withLength(2n ** 40n), /claims a header of 1099511627776 bytes/],
  ['the largest header length there is', withLength(2n ** 64n - 1n), /claims a header of 18446744073709552000 bytes/],
  ['a header length of 0', withLength(0n), /no JSON object for a header/],
  ['a header that is cut', file().subarray(0, 40), /is cut: its header takes \d+ bytes, but only 32 follow/],
  ['a header that is no JSON', withLength(20n), /no JSON object for a header/],
  ['tensors that are cut', file().subarray(0, -3), /is cut: its tensors take 20 bytes, but only 17 follow the header \(c would end beyond\)/],
  ['no tensors', safetensorsFile([]), /holds no tensors/],
  ['bytes left over', Buffer.concat([file(), Buffer.alloc(2)]), /has 2 bytes after c, its last tensor/],
  ['an overlap', file(({ c }) => { c!.data_offsets = [12, 16]; }), /overlaps itself: c begins at byte 12, before b ends at 16/],
  ['a gap', file((header) => { delete header.b; }), /has 8 bytes between a and c/],
  ['an unknown dtype', file(({ a }) => { a!.dtype = 'toString'; }), /stores a as "toString", .*BF16/],
  ['offsets against shape', file(({ a }) => { a!.shape = [3]; }), /gives a 8 bytes, but F32 \[3\] takes 12/],
  ['offsets backwards', file(({ a }) => { a!.data_offsets = [8, 0]; }), /offsets \[8,0\]/],
  ['absurd offsets', file(({ c }) => { c!.data_offsets = [2 ** 50, 2 ** 50 + 4]; }), /is cut: its tensors take 1125899906842628 bytes, but only 20 follow/],
  ['offsets beyond counting', file(({ c }) => { c!.data_offsets = [1e300, 1e300]; }), /offsets \[1e\+300,1e\+300\], which are no \[begin, end\]/],
  ['offsets that are no whole numbers', file(({ a }) => { a!.data_offsets = [0.5, 8.5]; }), /offsets \[0\.5,8\.5\]/],
  ['offsets that are missing', file(({ a }) => { delete a!.data_offsets; }), /offsets undefined/],
  ['a size that is too large', file(({ a }) => { a!.shape = [2 ** 52, 2 ** 52]; }), /gives a 8 bytes, but F32 \[4503599627370496, 4503599627370496\] takes/],
  ['two tensors on the same bytes', file(({ a }) => { a!.data_offsets = [8, 16]; }), /overlaps itself: b begins at byte 8, before a ends at 16/],
  ['a negative size', file(({ a }) => { a!.shape = [-2]; }), /shape \[-2\]/],
  ['an entry that is none', file((header) => { header.a = null as never; }), /stores a as undefined/],
])('%s is refused with a reason', (_, bytes, message) => {
  expect(() => readSafetensors('w', bytes)).toThrow(message);
  expect(() => readSafetensors('w', bytes)).toThrow(expect.objectContaining({ name: 'BackboneError' }));
});

test('every broken entry is named', () => {
  const broken = file(({ a, c }) => { a!.dtype = 'F31'; c!.shape = 'square'; });
  expect(() => readSafetensors('w', broken)).toThrow(/stores a as "F31"[^]*gives c the shape "square"/);
});

test('of a great many broken entries the first ones are named', () => {
  const broken = safetensorsFile([], (header) => { for (let index = 0; index < 200_000; index++) header[`tensor${index}`] = { shape: Array(index === 0 ? 1000 : 0).fill(1) }; });
  let problems: string[] = [];
  try { readSafetensors('w', broken); } catch (error) { ({ problems } = error as { problems: string[] }); }
  expect(problems).toHaveLength(21);
  expect(problems[20]).toBe('w has 199980 more such problems.');
});

test('whatever bytes of a file change, it is read within its bounds or refused', () => {
  const random = mulberry32(1);
  const whole = file();
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(whole);
    for (let change = 0; change <= round % 4; change++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    try {
      const read = readSafetensors('w', bytes.subarray(0, random() < 0.2 ? Math.floor(random() * bytes.length) : bytes.length));
      expect([...read.values()].reduce((sum, tensor) => sum + tensor.bytes.length, 0)).toBe(20);
    } catch (error) {
      expect(error).toMatchObject({ name: 'BackboneError' });
    }
  }
});

function mulberry32(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    return ((mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))) >>> 0) / 2 ** 32;
  };
}
