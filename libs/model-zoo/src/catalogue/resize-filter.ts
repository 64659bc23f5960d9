/** How pictures are stretched to a model's input, for whoever prepares them elsewhere. */
export const resizeFilter = "The filter is the linear kernel of libvips (sharp): Pillow's BILINEAR, but where it shrinks by 4 or more it first averages boxes of pixels, which Pillow does not.";
