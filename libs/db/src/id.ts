const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a string that came from outside can be an id at all; Postgres fails on one that cannot. */
export const isId = (text: string): boolean => uuid.test(text);
