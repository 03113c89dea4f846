import { workerData } from 'node:worker_threads';

const { SecondaryInitManager } = await import(workerData.bundlePath);
new SecondaryInitManager(workerData.port);
