import { expect, it } from 'vitest';
import { subjects } from '../proof/subject.ts';
import { ratioOf, tryVerdict } from '../proof/verdict-trial.ts';
import { hasValkey } from '../support/valkey.ts';

/** Of the number of requests that `npm run prove` sends. */
const share = 0.6;
/** Fixed, so that what fails here fails again. */
const seed = 7;

const findingsOf = {
  leak: ['leak'],
  twin: ['stable', 'warm-up', 'not enough data'],
  control: ['stable', 'warm-up', 'allocation pressure', 'not enough data'],
  idle: ['stable', 'warm-up', 'not enough data'],
} as const;

for (const subject of subjects) {
  const runs = subject.memory !== 'remote' || hasValkey;
  const name = `${subject.name} is told rightly by what is read from outside`;
  it.skipIf(!runs)(
    runs ? name : `${name} (not run: no valkey-server or redis-server on this machine)`,
    async () => {
      const trial = await tryVerdict(subject, seed, share);
      expect(findingsOf[subject.kind], trial.sentence).toContain(trial.finding);
      if (subject.kind !== 'leak') return;
      expect(ratioOf(trial), trial.sentence).toBeGreaterThan(0.85);
      expect(ratioOf(trial), trial.sentence).toBeLessThan(1.15);
    },
  );
}
