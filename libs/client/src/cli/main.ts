#!/usr/bin/env node
import { createProgram } from './program';

// `thaw runs | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void createProgram().parseAsync();
