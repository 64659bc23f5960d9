'use client';

import { useEffect, useRef } from 'react';

/** The square the network was given. */
export function SeenPicture({ seen, side }: { seen: Uint8Array; side: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(side, side);
    for (let pixel = 0; pixel < side * side; pixel++) image.data.set([seen[pixel * 3]!, seen[pixel * 3 + 1]!, seen[pixel * 3 + 2]!, 255], pixel * 4);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [seen, side]);
  return <canvas ref={canvas} width={side} height={side} role="img" aria-label={`What the network saw: ${side} × ${side} pixels`} className="size-28 rounded-md border bg-sunken [image-rendering:pixelated]" />;
}
