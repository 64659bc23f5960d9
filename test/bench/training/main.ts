import { nativeBackend } from '../../kit/native-backend';
import { readOptions } from '../kit/options';
import { type Figure, publish } from '../kit/publish';
import { accuracyGroup } from './accuracy';
import { fullSizes, type Group, smokeSizes } from './group';
import { headGroup } from './head';
import { requirements, startKeras } from './keras';
import { requireMaterial } from './material';
import { ratesGroup } from './rates';
import { wasmGroup } from './wasm';

const groups: Group[] = [headGroup, ratesGroup, accuracyGroup, wasmGroup];

/** `npm run bench:training`: Thaw and Keras, one after the other, on this machine. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const chosen = groups.filter(({ name }) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no row "${options.only}". The rows are ${groups.map(({ name }) => name).join(', ')}.`);
  requireMaterial();
  if (!nativeBackend) throw new Error('bench:training compares native TensorFlow with native TensorFlow: run `npm run native` first.');
  const keras = options.peers ? startKeras() : null;
  if (keras) console.error(`Measuring beside ${requirements.join(', ')} …`);
  const figures: Figure[] = [];
  for (const group of chosen) {
    console.error(`${group.name} …`);
    figures.push(...(await group.measure(options.smoke ? smokeSizes : fullSizes, keras)));
  }
  publish('training', figures, options);
}

void main();
