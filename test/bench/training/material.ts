import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../kit/shared-data';

const folder = process.env.THAW_BENCH_DATA || path.resolve(root, '../shared');
const under = (...parts: string[]) => path.join(folder, ...parts);

/** Real weights and pictures, which are no part of the repository. */
export const material = {
  mobilenet025: under('models/mobilenet_v1_0.25_224_layers'),
  mobilenet075: under('models/mobilenet_v1_0.75_224_layers'),
  efficientnetLite0: under('models/tf_efficientnet_lite0_timm'),
  /** 5 classes, 100 pictures each to train on and 20 to validate with */
  flowers: under('datasets/flowers_ccby_227'),
  /** 10 classes, 50 and 10 */
  signs: under('datasets/sign_language_digits_100'),
};

export function requireMaterial(): void {
  const missing = Object.values(material).filter((each) => !existsSync(each));
  if (missing.length === 0) return;
  throw new Error(`bench:training needs weights and pictures that are not in the repository:\n  ${missing.join('\n  ')}\nPut them there, or set THAW_BENCH_DATA to a folder that has models/ and datasets/ like these (tfjs LayersModel folders; train/<class>/ and val/<class>/).`);
}
