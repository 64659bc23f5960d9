import path from 'node:path';

/** Beside the bundled daemon. */
export const executorProgram = path.join(__dirname, 'executor.js');
