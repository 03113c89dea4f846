import { expect, it } from 'vitest';
import { dimensionOf, unitOf } from './dimensions.ts';

it.for([
  ['process_resident_memory_bytes', 'bytes'],
  ['deriv(process_resident_memory_bytes[$window])', 'binBps'],
  ['a_bytes / on (job) b_bytes', 'percentunit'],
  ['rate(process_cpu_seconds_total[1m])', 'percentunit'],
  ['sum by (route) (rate(http_requests_total{route!~"/x"}[1m])) > 0', 'reqps'],
  ['histogram_quantile(0.9, sum by (le) (rate(x_seconds_bucket[1m])))', 's'],
  ['time() - process_start_time_seconds', 's'],
  ['instance:memory_after_gc_bytes:deriv1m', 'binBps'],
  ['instance:memory_growth_bytes:per_request', 'bytes'],
  ['(sum(rate(lost_spans[1m])) or vector(0)) + 1', 'cps'],
  ['count(count by (route) (http_requests_total))', 'short'],
] as const)('%s is in %s', ([expr, unit]) => expect(unitOf(dimensionOf(expr))).toBe(unit));

it.for([
  ['a_bytes + b_seconds', /of one kind/],
  ['sum(a_bytes', /error at/],
  ['a_bytes * b_bytes', /Expected one of/],
] as const)('refuses %s', ([expr, message]) => expect(() => unitOf(dimensionOf(expr))).toThrow(message));
