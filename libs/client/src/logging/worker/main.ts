import { workerData } from 'node:worker_threads';
import type { WorkerData } from '../messages';
import { LoggingWorker } from './logging-worker';

new LoggingWorker(workerData as WorkerData).start();
