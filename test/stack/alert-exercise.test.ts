import { describe, it } from 'vitest';
import { inImage } from '../../packages/lab/src/alerts/promtool.ts';
import { readVariables } from '../../packages/lab/src/settings.ts';
import { testExercise } from '../../packages/lab/test/alerts/exercise.ts';
import { runText } from '../texts/run-text.ts';

describe("the alert exercise, by the promtool of Prometheus' image", () =>
  testExercise(inImage(readVariables()['PROMETHEUS_IMAGE'] ?? ''), Date.now));

it('its page runs as printed', () => runText('docs/alert-exercise.md', { mode: 'embedded', both: true }));
