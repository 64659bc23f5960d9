/** One part of the pages' code, loaded when the first popover is opened. */
export { Popover } from 'radix-ui';
