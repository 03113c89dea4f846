import { describe, expect, it } from 'vitest';
import { readVariables } from '../settings.ts';
import { checkStackSettings } from './stack-settings.ts';

describe('the settings of the stack', () => {
  it('are right as they are delivered', () =>
    expect(() => checkStackSettings(readVariables({}))).not.toThrow());

  it.each([
    ['PROMETHEUS_PORT', '909O', 'a port from 1 to 65535'],
    ['JAEGER_PORT', '0', 'a port from 1 to 65535'],
    ['COLLECTOR_IMAGE', 'otel/opentelemetry-collector-contrib', 'with its tag'],
    ['JAEGER_IMAGE', 'jaegertracing/jaeger:2.13.0 ', 'with its tag'],
    ['NODE_IMAGE', '', 'with its tag'],
    ['SERVICE_MEMORY_LIMIT', '256 MB', 'as 256m or 1g'],
    ['K6_MEMORY_LIMIT', '5m', 'from 6m on'],
    ['VALKEY_MAXMEMORY', '256m', 'as 256mb or 1gb'],
    ['TAIL_SAMPLING', 'yes', 'on or off'],
    ['BLIND', 'perhaps', 'true or false'],
  ])('%s=%s is told with what was expected', (name, text, expected) => {
    const check = () => checkStackSettings(readVariables({ [name]: text }));
    expect(check).toThrow(`${name}=${text}: expected`);
    expect(check).toThrow(expected);
  });

  it.each([
    ['registry.example:5000/prom/prometheus:v3.14.0'],
    [`node:26@sha256:${'a'.repeat(64)}`],
    ['localhost/node:26.10.0-slim'],
  ])('%s is an image', (name) =>
    expect(() => checkStackSettings(readVariables({ NODE_IMAGE: name }))).not.toThrow(),
  );

  it('tells all that is wrong at once, and one port for two', () => {
    const check = () => checkStackSettings(readVariables({ GRAFANA_PORT: '9090', TAIL_SAMPLING: 'maybe' }));
    expect(check).toThrow('2 settings of the stack are wrong');
    expect(check).toThrow('GRAFANA_PORT, PROMETHEUS_PORT=9090: expected a port for each');
  });
});
