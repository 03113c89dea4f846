import { describe } from 'vitest';
import { inImage } from '../../packages/lab/src/alerts/promtool.ts';
import { readVariables } from '../../packages/lab/src/settings.ts';
import { testAllRules } from '../../prometheus/tests/suite.ts';

describe("the rules, by the promtool of Prometheus' image", () =>
  testAllRules(inImage(readVariables()['PROMETHEUS_IMAGE'] ?? '')));
