import { type IncidentLevel, incidentOf, seedFor } from '@leak-lab/incident';
import { expect } from 'vitest';
import { set_bytes, used_bytes } from '../../../packages/course/src/drill/grown.ts';
import type { Played } from './player.ts';

/** The answers of another case must not bring more than that of all points. */
const mostOfNeighbours = 0.45;
/** So far off an answer may be, and the record that answers are held against. */
const size_tolerance = 0.25;

/**
 * That the right answers were accepted, each of them and each time, those of every other case refused, that the record bears out what
 * was set, and that nothing told what it was.
 */
export function expectFair({ past, again, neighbours, said, measured_bytes }: Played): void {
  const incident = incidentOf(past.seed, past.level);
  const label = `${past.seed} at level ${past.level}: ${incident.leaks.map(({ id }) => id).join(' and ')}`;
  const lost = past.parts.filter(({ points, of }) => points < of);
  expect({ label, lost, points: past.points }).toEqual({ label, lost: [], points: past.of });
  expect(again[0]).toEqual(again[1]);
  expect({ label, points: again[0].points }).toEqual({ label, points: past.points });
  for (const { of, score } of neighbours) {
    const right = score.parts.find(({ key }) => key === 'file');
    expect({ label, of, file: right?.points }).toEqual({ label, of, file: 0 });
    expect(score.points / score.of, `${label}, answered as ${of}`).toBeLessThan(mostOfNeighbours);
  }
  if (measured_bytes !== undefined) {
    const off = [set_bytes(incident), used_bytes(incident)].map((one) => Math.abs(measured_bytes / one - 1));
    expect(Math.min(...off), `${label}, measured ${measured_bytes}`).toBeLessThan(size_tolerance);
  }
  for (const { id } of incident.leaks) expect(said).not.toMatch(new RegExp(`\\b${id}\\b`));
}

/** A seed of that case, which comes soon. */
export const seedSoon = (level: IncidentLevel, ids: readonly string[], latest_seconds = 0): number =>
  seedFor(
    ({ leaks, onset_seconds }) =>
      onset_seconds <= latest_seconds &&
      leaks.length === ids.length &&
      leaks.every(({ id }) => ids.includes(id)),
    { level },
  );
