import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSettings, readSettings } from './settings.ts';

describe('settings', () => {
  it('are the documented ones where nothing is set', () => {
    const { ports, memory_limit_bytes, state_directory, leaks } = parseSettings({}, '/clone');
    expect(ports).toMatchObject({
      service: 8080,
      console: 8088,
      grafana: 3001,
      prometheus: 9090,
      jaeger: 16686,
    });
    expect(memory_limit_bytes).toBe(256 * 1024 ** 2);
    expect(state_directory).toBe(join('/clone', '.lab'));
    expect(leaks).toBe('');
  });

  it('come from .env, and from the environment before it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-settings-'));
    writeFileSync(join(folder, '.env'), '# ports\nSERVICE_PORT=9001\nGRAFANA_PORT="9002"\nLEAKS=cache\n');
    const { ports, leaks } = readSettings({ SERVICE_PORT: '9003' }, folder);
    expect(ports).toMatchObject({ service: 9003, grafana: 9002 });
    expect(leaks).toBe('cache');
  });

  it('take an empty variable as not set', () => {
    expect(parseSettings({ SERVICE_PORT: '', ADMIN_TOKEN: '' }, '/clone')).toMatchObject({
      ports: { service: 8080 },
      admin_token: undefined,
    });
  });

  it.each(['http', '-1', '65536', '80.5'])('refuse the port %s, by the name of its variable', (text) =>
    expect(() => parseSettings({ SERVICE_PORT: text }, '/clone')).toThrow(
      `SERVICE_PORT is not a port.\n  expected  a whole number from 1 to 65535`,
    ),
  );
});
