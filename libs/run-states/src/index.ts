export * from './ask';
export * from './drawing';
export * from './labels';
export * from './machine';
