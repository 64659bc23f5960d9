export { stretch, type Picture } from './stretch';
export { modelInput, onWhite, type ByteValues } from './model-input';
