import { describe, expect, it } from 'vitest';
import { readKnowledge } from './engine-knowledge.ts';

const death_ms = Date.parse('2026-03-01T10:00:00Z');
const event = (Action: string, after_ms: number, exitCode?: string) =>
  JSON.stringify({ Action, timeNano: (death_ms + after_ms) * 1e6, Actor: { Attributes: { exitCode } } });
const state = (State: object) => `${JSON.stringify(State)} 3`;
const restarted = state({ Running: true, OOMKilled: false, ExitCode: 0 });

describe('what the engine knows of a death', () => {
  it('is the die that is nearest to it, and whether an oom came with it', () => {
    const events = [
      event('oom', -12_000),
      event('die', -11_900, '137'),
      event('die', 300, '134'),
      event('start', 800),
    ].join('\n');
    expect(readKnowledge(events, restarted, death_ms)).toMatchObject({
      exit_code: 134,
      oom_killed: false,
      restart_count: 3,
    });
    const killed = [event('oom', 100), event('die', 300, '137')].join('\n');
    expect(readKnowledge(killed, restarted, death_ms)).toMatchObject({
      exit_code: 137,
      oom_killed: true,
      events: [
        { action: 'oom', time_ms: death_ms + 100, exit_code: null },
        { action: 'die', time_ms: death_ms + 300, exit_code: 137 },
      ],
    });
  });

  it('is what inspect says while the container lies dead, though the events are forgotten', () => {
    const dead = { Running: false, OOMKilled: true, ExitCode: 137, FinishedAt: '2026-03-01T10:00:01Z' };
    expect(readKnowledge('', state(dead), death_ms)).toMatchObject({ exit_code: 137, oom_killed: true });
    const another = { ...dead, FinishedAt: '2026-03-01T09:00:00Z' };
    expect(readKnowledge('', state(another), death_ms)).toMatchObject({ exit_code: null, oom_killed: null });
  });

  it('is nothing when it has forgotten', () =>
    expect(readKnowledge('', restarted, death_ms)).toEqual({
      events: [],
      exit_code: null,
      oom_killed: null,
      restart_count: 3,
    }));
});
