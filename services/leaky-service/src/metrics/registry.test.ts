import { expect, it, vi } from 'vitest';
import { addDefaultMetrics, counter, gauge, histogram, scrape } from './registry.ts';

it('keeps the first of two metrics with one name, says so, and goes on', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  gauge('process_resident_memory_bytes', 'Wanted by prom-client too.', () => 1);
  addDefaultMetrics();
  gauge('things', 'The first.', () => 1);
  gauge('things', 'The second.', () => 2);
  histogram('nodejs_eventloop_lag_seconds', "There already, as prom-client's gauge.", [], [1]).observe(3);
  counter('seen_total', 'No clash.', [], () => [[{}, 7]]);

  const { text } = await scrape('application/openmetrics-text');
  expect(text).toMatch(/^things 1$/m);
  expect(text).toMatch(/^process_resident_memory_bytes 1$/m);
  expect(text).toMatch(/^nodejs_heap_size_used_bytes \d+$/m);
  expect(text).toMatch(/^seen_total 7$/m);
  expect(text).toMatch(/^metric_name_clashes 3$/m);
  expect(text).not.toContain('nodejs_gc_duration_seconds');
  expect(warned).toHaveBeenCalledWith(expect.stringContaining('Two metrics are named things'));
  expect(text.match(/^# TYPE things /gm)).toHaveLength(1);
});
