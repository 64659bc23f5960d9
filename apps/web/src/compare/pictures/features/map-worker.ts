import { project, type Projection } from './project';

export interface ProjectRequest { values: Float32Array; dimensions: number; projection: Projection }

addEventListener('message', ({ data: { values, dimensions, projection } }: MessageEvent<ProjectRequest>) => {
  const coordinates = project(values, dimensions, projection);
  postMessage(coordinates, { transfer: [coordinates.buffer] });
});
