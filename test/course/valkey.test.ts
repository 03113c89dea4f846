import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAlive } from '../../packages/lab/src/state/process-identity.ts';
import { ask } from '../embedded/support/ask.ts';
import { kill } from '../embedded/support/kill.ts';
import { freePorts, labTest as it, LabCommand, until, untilAnswer } from '../embedded/support/lab-command.ts';
import { hasValkey } from '../support/valkey.ts';

const missing = hasValkey ? '' : ' (not run: neither valkey-server nor redis-server is on this machine)';

describe.runIf(hasValkey)(`with a Valkey on this machine${missing}`, () => {
  it('the lab starts it, keys grow in it, and it is started again when it dies; nothing of it is left', async ({
    lab,
  }) => {
    const { valkey } = await lab.up();
    if (!valkey || !('process' in valkey)) throw new Error('Expected a Valkey of the lab’s own.');
    const on = await lab.run('leak', 'keys', 'on');
    expect(on.stdout).toMatch(/keys is on, 16,384 bytes a request; 0 held, 0\.0 MB in Valkey/);
    await fetch(`${lab.state().service.url}/api/data`);
    await untilAnswer('Valkey to have the session', async () => {
      const { leaks } = await ask<{ leaks: Record<string, { entries: number }> }>(
        `${lab.state().service.url}/admin/leaks/status`,
      );
      return leaks['keys']?.entries === 1;
    });
    kill('Valkey', valkey.process);
    await until('its death to be told', () => lab.log('supervisor').includes('The valkey died'));
    const again = await until('another one', () => {
      const now = lab.state().valkey;
      return now && 'process' in now && now.process?.pid !== valkey.process?.pid && now.process;
    });
    expect(lab.deaths()).toEqual([]);
    expect((await lab.run('status')).stdout).toContain(`valkey    ${valkey.url} (process ${again.pid})`);
    await lab.run('down');
    expect(isAlive(again)).toBe(false);
  });
});

test('without one the lab says how to get one, and so does who switches keys on', async () => {
  const lab = new LabCommand({ ...freePorts, PATH: dirname(process.execPath) });
  try {
    const { code, stdout, stderr } = await lab.run('up', '--detach');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/valkey {4}none was found: apt install valkey-server/);
    const on = await lab.run('leak', 'keys', 'on');
    expect(on.code).toBe(1);
    expect(on.stderr).toMatch(/refused with 409[\s\S]*docker compose --profile keys up -d[\s\S]*apt install/);
    expect(lab.state().valkey).toBeUndefined();
  } finally {
    await lab.end();
    lab.remove();
  }
});
