/** A const of a client module is no value on the server. */
export const reportsLoaded = 100;
