export * from './ask';
export * from './drawing';
export * from './machine';
