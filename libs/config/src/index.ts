export * from './closest-name';
export * from './fields';
export * from './hyperparameters';
export * from './validate';
export * from './expand-grid';
export * from './read-values';
