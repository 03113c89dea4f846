import { expect, it } from 'vitest';
import { readOptions, type StressOptions } from './options.ts';

const usual: StressOptions = { threshold: '100', timeout: '10s', idle: '30s', keepAlive: true };
const read = (more: Partial<StressOptions>) => () => readOptions({ ...usual, ...more });

it.each<[Partial<StressOptions>, RegExp]>([
  [{ workers: '0' }, /--workers cannot be used[\s\S]*from 1 to 1000[\s\S]*"0"/],
  [{ workers: '2.5' }, /--workers/],
  [{ requests: '-5' }, /--requests cannot be used[\s\S]*from 2[\s\S]*"-5"/],
  [{ requests: 'many' }, /--requests[\s\S]*"many"/],
  [{ requests: '1e3' }, /--requests/],
  [{ threshold: '0' }, /--threshold/],
  [{ method: 'FETCH' }, /--method cannot be used[\s\S]*POST/],
  [{ pid: 'node' }, /--pid[\s\S]*"node"/],
  [{ pid: '4711', container: 'shop' }, /--pid 4711 and --container shop cannot be used together/],
  [{ container: 'shop', metrics: 'http://localhost/metrics' }, /--container shop and --metrics/],
  [{ metrics: 'localhost:9090' }, /--metrics is no address of a web server[\s\S]*http:\/\//],
  [{ metrics: 'ftp://localhost/' }, /--metrics/],
])('refuses %j', (more, words) => {
  expect(read(more)).toThrow(words);
  expect(read(more)).toThrow(expect.objectContaining({ exit_code: 2 }));
});

it('reads what can be used', () => {
  expect(read({ requests: '200', method: 'post', pid: '12' })()).toEqual({
    requests: 200,
    workers: undefined,
    threshold_bytes: 100,
    method: 'POST',
    readBy: { by: 'pid', pid: 12 },
  });
});
