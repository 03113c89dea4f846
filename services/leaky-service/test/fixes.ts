import { expect } from 'vitest';
import type { Fix } from './fix-list.ts';
import { set_bytes, tryFix } from './fix-trial.ts';

/** As little as the service keeps of a request anyway. */
const flat_bytes = 100;
/** What does not parse is seen when it is loaded; the rest when it runs. */
const brokenAtStart = 'broken-does-not-parse';

/** Holds a fix to what its name says of it. Returns what was measured, bytes a request. */
export async function expectAsNamed(fix: Fix): Promise<number | undefined> {
  const { refused, kept_bytes, said, behaviour } = await tryFix(fix);
  const { failures, expectations } = behaviour;
  expect(expectations).toBeGreaterThan(4);
  const lines = failures.map(({ line }) => line);
  if (fix.name.startsWith('right')) {
    expect({ failures, refused, ...said }).toEqual({
      failures: [],
      refused: undefined,
      threw: null,
      ended: null,
    });
    expect(kept_bytes).toBeLessThan(flat_bytes);
  } else if (fix.name.startsWith('wrong')) {
    expect(failures).not.toEqual([]);
    expect(lines).not.toContain(null);
    for (const { came } of failures) expect(came).not.toMatch(/undefined|Error/);
    if (fix.name.includes('slows')) expect(kept_bytes).toBeGreaterThan(0.2 * set_bytes);
    else expect(kept_bytes).toBeLessThan(flat_bytes);
  } else if (fix.name === brokenAtStart) {
    expect(refused).toMatchObject({ kind: 'parse', line: lines[0] });
    expect(failures).toHaveLength(1);
  } else {
    expect(kept_bytes).toBeUndefined();
    expect(failures).toHaveLength(1);
    expect(lines[0]).toBeGreaterThan(0);
    const told = said.threw ?? said.ended;
    expect(told).toMatchObject({ line: lines[0] });
  }
  return kept_bytes;
}
