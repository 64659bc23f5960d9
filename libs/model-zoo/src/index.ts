export * from './architectures';
export * from './backbone-error';
export * from './catalogue';
export * from './inspect';
export * from './layer-graph';
export * from './load-backbone';
export * from './logits-model';
export type { ReadFile } from './read-model-json';
export * from './safetensors/safetensors-path';
