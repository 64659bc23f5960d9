/** One part of the page's code, loaded when somebody searches. */
export * from '@thaw/search';
export * from './condition';
export * from './misread';
