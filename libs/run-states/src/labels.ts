/** What constraints of runs demand of trainers by: "gpu", "room-3". */
export const isLabel = (text: string): boolean => /^[a-z0-9._-]{1,100}$/.test(text);
