import { usualDrive } from '@leak-lab/workload';
import { expect, it } from 'vitest';
import type { Status } from './status.ts';
import { statusInWords } from './status-words.ts';

const megabyte = 1024 ** 2;
const docker: Status = {
  running: 'docker',
  healthy: true,
  url: 'http://127.0.0.1:8080',
  console: { url: 'http://127.0.0.1:8088', answers: false },
  embedded: null,
  patients: [],
  memory: {
    process: { pid: 7, rss_bytes: 90 * megabyte, heap_used_bytes: 16 * megabyte, uptime_seconds: 75 },
    container: { limit_bytes: 256 * megabyte, working_set_bytes: 60 * megabyte },
  },
  leaks: [
    {
      id: 'cache',
      enabled: true,
      unit: 'request',
      memory: 'heap',
      one_in: 1,
      drive: usualDrive,
      entries: 1200,
      estimated_size_mb: 18.75,
    },
    {
      id: 'keys',
      enabled: false,
      unit: 'request',
      memory: 'remote',
      one_in: 1,
      drive: usualDrive,
      entries: 7,
      estimated_size_mb: 0.1,
    },
  ],
  incident: null,
  deaths: [],
  containers: [
    { service: 'leaky-service', state: 'running', health: 'healthy' },
    { service: 'jaeger', state: 'running', health: '' },
  ],
  stack: [{ service: 'jaeger', asked: 'http://127.0.0.1:16686/api/services', answers: false }],
};

it('the status names memory by the container, leaks, and the parts that do not answer', () =>
  expect(statusInWords(docker)).toBe(
    [
      'Leak Lab runs on Docker.',
      '  service   http://127.0.0.1:8080 answers',
      '  console   http://127.0.0.1:8088 does not answer now',
      '  uses      60.0 MB of 256 MB, up for 1 min 15 s',
      '  leaks',
      '    cache      on   1,200 held, 18.8 MB',
      '    keys       off  7 held, 0.1 MB in Valkey',
      '  containers',
      '    leaky-service    running, healthy',
      '    jaeger           running, does not answer at http://127.0.0.1:16686/api/services',
    ].join('\n'),
  ));

it('says what to do when nothing runs', () =>
  expect(statusInWords({ ...docker, running: 'no', healthy: false })).toMatch(/Nothing runs\. \.\/lab up/));
