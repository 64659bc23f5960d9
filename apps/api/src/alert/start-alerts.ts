import type { Services } from '../context';
import { deliverAlerts } from './delivery-worker';
import { evaluateAlerts } from './evaluator';

/** Resolves when, after the process was told to end, nothing of it is under way. */
export function startAlerts(services: Services): Promise<unknown> {
  const worker = deliverAlerts(services);
  return Promise.all([worker.stopped, evaluateAlerts(services, worker.wake)]);
}
