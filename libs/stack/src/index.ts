export * from './env';
export * from './failure';
export * from './stack';
