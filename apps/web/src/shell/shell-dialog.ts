'use client';

import { createContext, useContext } from 'react';

/** The shell's own dialogs, of which one is open at a time. */
export type ShellDialog = 'palette' | 'shortcuts' | 'settings' | 'project';

export const ShellDialogContext = createContext<(dialog: ShellDialog | null) => void>(() => undefined);

/** Opens one of the shell's dialogs, or closes the one that is open. */
export const useShowDialog = () => useContext(ShellDialogContext);
