export * from './base64';
export * from './columns';
export * from './downsample';
export * from './merge';
export * from './numbers';
export * from './pack';
export * from './parse-columns';
export * from './summary';
