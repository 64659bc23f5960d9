export * from './early-stopping';
export type { Evaluation } from './evaluation';
export * from './fine-tune';
export * from './kernels/register-missing-kernels';
export type { PictureSource } from './pictures/picture-source';
export type { ModelFile } from './save-model';
