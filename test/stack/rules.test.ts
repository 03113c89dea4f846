import { describe } from 'vitest';
import { readVariables } from '../../packages/lab/src/settings.ts';
import { inImage } from '../../prometheus/tests/promtool.ts';
import { testAllRules } from '../../prometheus/tests/suite.ts';

describe("the rules, by the promtool of Prometheus' image", () =>
  testAllRules(inImage(readVariables()['PROMETHEUS_IMAGE'] ?? '')));
