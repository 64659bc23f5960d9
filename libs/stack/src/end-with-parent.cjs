// Preloaded into programs that are not ours (Next), so that they too end when the supervisor is gone.
process.on('disconnect', () => process.exit(0));
