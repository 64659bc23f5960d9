/** One part of the pages' code, loaded when the first menu is opened. */
export { DropdownMenu } from 'radix-ui';
