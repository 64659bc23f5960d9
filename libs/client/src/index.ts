export * from './backoff';
export * from './blobs/blob-store';
export * from './blobs/hash-file';
export * from './client';
export * from './failures';
export * from './generated/graphql';
export * from './logging';
