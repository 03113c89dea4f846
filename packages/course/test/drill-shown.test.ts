import { incidentOf, isFalseAlarm } from '@leak-lab/incident';
import { describe, expect, it } from 'vitest';
import { callOf } from '../src/drill/call.ts';
import { customersOf, totalOf, waveOf } from '../src/drill/load.ts';
import { drillQuestions } from '../src/drill/questions.ts';
import { drillOf, places } from '../src/index.ts';

describe('what is shown of a drill', () => {
  const seeds = Array.from({ length: 400 }, (_, seed) => seed);

  it('is asked of each alike, and the message names no cause', () => {
    const asked = (seed: number) =>
      drillOf({ seed, level: 1, begun_ms: 0 }).items.map(({ key, ask }) => ({ key, ask }));
    for (const seed of seeds) expect(asked(seed)).toEqual(asked(0));
    const words = [
      ...Object.keys(places),
      ...Object.values(places).map(({ file }) => file.replace('.ts', '')),
    ];
    for (const seed of seeds) {
      const call = callOf(seed, 1, Date.UTC(2026, 10, 22, 14, 2));
      expect(call).toMatch(/\d\d:\d\d/);
      for (const word of words) expect(call).not.toMatch(new RegExp(`\\b${word}\\b`));
    }
  });

  it('says by its message nothing of whether it is a leak', () => {
    const byCall = Map.groupBy(seeds, (seed) => callOf(seed, 1, 0).split('. ')[0]);
    for (const alike of byCall.values()) {
      if (alike.length < 12) continue;
      const alarms = alike.filter((seed) => isFalseAlarm(incidentOf(seed, 1).leaks[0]?.id ?? '')).length;
      expect(alarms / alike.length).toBeLessThan(0.7);
    }
  });

  it('is asked for in the mix that its load says, as much as it says in the mean', () => {
    const { load } = incidentOf(4_711, 1);
    if (!load) throw new Error('Expected a load.');
    const [customers, total, wave] = [customersOf(load), totalOf(load), waveOf(load)];
    const sent = Array.from({ length: total * 60 }, (_, number) => customers(number).path);
    const count = (path: string) => sent.filter((one) => one === path).length / 60;
    expect(count('/api/ingest')).toBeCloseTo(load.events_per_second, 0);
    expect(count('/api/blocklist/reload')).toBeCloseTo(1 / load.reload_every_seconds, 1);
    expect(Math.abs(count('/api/data') - load.requests_per_second)).toBeLessThan(1.5);
    const steps = Array.from({ length: 1_000 }, (_, step) => wave((step / 1_000) * load.period_seconds));
    expect(steps.reduce((sum, one) => sum + one, 0) / steps.length).toBeCloseTo(1, 2);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    const sizes = new Set(
      Array.from({ length: 40 }, (_, number) => customers(number).body?.length).filter(Boolean),
    );
    expect([...sizes]).toEqual([load.event_bytes]);
  });

  it('has a form for every question that takes the right answer and the word for none', () => {
    for (const { key, form } of drillQuestions) {
      const none =
        { finding: 'no leak', grows_by: 'nothing', holder: 'nothing', kill_in: 'never' }[key] ?? 'none';
      expect({ key, kind: form.read(none).kind }).toEqual({ key, kind: 'words' });
    }
  });
});
