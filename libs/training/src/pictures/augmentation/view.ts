import type { Hyperparameters } from '@thaw/config';
import { randomStream } from '../../random';
import type { ColourChange } from './colour';
import { drawCrop, type Crop } from './crop';

/** One look at a picture, drawn and ready to be rendered anywhere: plain data, so that it crosses threads and names a cache. */
export interface View {
  /** null: the whole picture */
  crop: Crop | null;
  mirror: boolean;
  /** degrees, counter-clockwise */
  angle: number;
  colour: readonly ColourChange[];
}

export type AugmentationSettings = Pick<Hyperparameters, 'horizontalFlip' | 'randomResizedCrop' | 'cropScale' | 'cropRatio' | 'rotation' | 'brightness' | 'contrast' | 'saturation'>;

export const noAugmentation: AugmentationSettings = { horizontalFlip: false, randomResizedCrop: false, cropScale: 1, cropRatio: 1, rotation: 0, brightness: 0, contrast: 0, saturation: 0 };

/** These settings alone, in one order whatever object they come from. */
export const augmentationOf = (settings: AugmentationSettings) =>
  Object.fromEntries(Object.keys(noAugmentation).map((name) => [name, settings[name as keyof AugmentationSettings]])) as unknown as AugmentationSettings;

export const plainView: View = { crop: null, mirror: false, angle: 0, colour: [] };

const colours = ['brightness', 'contrast', 'saturation'] as const;
const changesColour = (settings: AugmentationSettings) => colours.some((kind) => settings[kind] > 0);

export const drawsNothing = ({ crop, mirror, angle, colour }: View) => crop === null && !mirror && angle === 0 && colour.length === 0;

export const augments = (settings: AugmentationSettings) => settings.horizontalFlip || drawsByChance(settings);

/** Whether views differ by more than being mirrored. */
export const drawsByChance = (settings: AugmentationSettings) => settings.randomResizedCrop || settings.rotation > 0 || changesColour(settings);

/**
 * torchvision's RandomResizedCrop → RandomHorizontalFlip → RandomRotation → ColorJitter. Each draws from a stream of its
 * own, so that one turned on leaves the others' numbers as they are; `names` tell the picture and its epoch.
 */
export function drawView(settings: AugmentationSettings, seed: number, ...names: (string | number)[]): View {
  const stream = (purpose: string) => randomStream(seed, purpose, ...names);
  return {
    crop: settings.randomResizedCrop ? drawCrop(stream('crop'), settings.cropScale, settings.cropRatio) : null,
    mirror: settings.horizontalFlip && stream('flip')() < 0.5,
    angle: settings.rotation > 0 ? (stream('rotation')() * 2 - 1) * settings.rotation : 0,
    colour: changesColour(settings) ? colourChanges(settings, stream('colour')) : [],
  };
}

/** How many views of each picture are worth keeping: of a mirrored picture there are only two. */
export function keptViews(settings: AugmentationSettings, augmentedViews: number): number {
  if (!augments(settings)) return 1;
  return drawsByChance(settings) ? augmentedViews : 2;
}

/**
 * The kept view `number` of a picture. It does not depend on the run's seed, which decides only which view an epoch
 * sees: so runs with different seeds share what was computed of the views.
 */
export function keptView(settings: AugmentationSettings, number: number, picture: number): View {
  if (!augments(settings)) return plainView;
  return drawsByChance(settings) ? drawView(settings, 0, 'kept', number, picture) : { ...plainView, mirror: number === 1 };
}

/** ColorJitter: factors around 1, applied in random order. */
function colourChanges(settings: AugmentationSettings, random: () => number): ColourChange[] {
  const changes = colours.map((kind) => {
    const least = Math.max(0, 1 - settings[kind]);
    return { kind, factor: least + random() * (1 + settings[kind] - least), place: random() };
  });
  return changes.filter(({ kind }) => settings[kind] > 0).sort((a, b) => a.place - b.place).map(({ kind, factor }) => ({ kind, factor }));
}
