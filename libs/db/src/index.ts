export * from './connect';
export * from './id';
export * from './listen';
export * from './migrate';
export * from './notice';
export * from './schema';
