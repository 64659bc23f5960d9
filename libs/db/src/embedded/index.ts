export * from './port';
export * from './processes';
export * from './start';
