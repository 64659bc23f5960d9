/** Something a person can put right; its message says how. Anything else thrown is a bug. */
export class StackFailure extends Error {}
