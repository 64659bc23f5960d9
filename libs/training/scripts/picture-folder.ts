import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { cropBox } from '../src/pictures/augmentation/crop';
import { render } from '../src/pictures/augmentation/render';
import type { PictureSource } from '../src/pictures/picture-source';

/** DIR/<class>/<file>, decoded to side × side RGB. Kernel "linear" is sharp's antialiased triangle filter, the closest it has to Pillow's BILINEAR. */
export function pictureFolder(folder: string, side: number): PictureSource & { classes: string[] } {
  const classes = readdirSync(folder).sort();
  const files = classes.flatMap((name, label) => readdirSync(path.join(folder, name)).sort().map((file) => ({ file: path.join(folder, name, file), label })));
  return {
    classes,
    count: files.length,
    labels: Int32Array.from(files, ({ label }) => label),
    async read(index, view) {
      const picture = sharp(files[index]!.file).autoOrient().toColourspace('srgb').removeAlpha();
      if (view.crop) {
        const { width, height } = (await picture.metadata()).autoOrient;
        picture.extract(cropBox(view.crop, width, height));
      }
      return render(await picture.resize(side, side, { fit: 'fill', kernel: 'linear' }).raw().toBuffer(), side, view);
    },
  };
}
