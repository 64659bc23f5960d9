/** Mean and standard deviation of ImageNet's pixels, scaled to 0–1, as torchvision prepares pictures. */
export const imagenetScaling: { mean: [number, number, number]; std: [number, number, number] } = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
