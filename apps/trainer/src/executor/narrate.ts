/** "epoch 3/30  train/loss 0.5203  val/accuracy 0.8912 · 412 pictures/s" */
export function epochLine(epoch: number, epochs: number | null, metrics: Record<string, number>): string {
  const told = ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy', 'lr'].filter((key) => key in metrics).map((key) => `${key} ${shown(metrics[key]!)}`);
  return `epoch ${epoch}${epochs === null ? '' : `/${epochs}`}  ${told.join('  ')}${metrics.throughput === undefined ? '' : ` · ${metrics.throughput.toFixed(0)} pictures/s`}`;
}

const shown = (value: number) => (value !== 0 && Math.abs(value) < 0.01 ? value.toPrecision(3) : value.toFixed(4));
