export * from './completions';
export * from './fields';
export * from './filter';
export * from './format-search';
export { searchLimits } from './limits';
export * from './normalise-filter';
export * from './parse-search';
export * from './problem';
