/** Newest runs loaded at once; searching and sorting look at these. */
export const runsLoaded = 500;
