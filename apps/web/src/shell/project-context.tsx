'use client';

import { createContext, useContext } from 'react';

export const ProjectContext = createContext<string>('default');

/** Name of the project whose pages are shown. */
export const useProject = () => useContext(ProjectContext);

/** Path inside the project: useProjectPath()('runs', id) */
export function useProjectPath() {
  const project = useProject();
  return (...parts: string[]) => projectPath(project, ...parts);
}

export const projectPath = (project: string, ...parts: string[]) => ['/p', project, ...parts].map((part) => (part === '/p' ? part : encodeURIComponent(part))).join('/');
