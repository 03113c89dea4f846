import { expect, it } from 'vitest';
import { makeWatchdog } from '../memory-limit/watchdog.ts';
import { checkDocker, checkLimit, checkSettings, checkValkey } from './lab-parts.ts';
import { checkMemory, checkNode } from './machine.ts';

const megabyte = 1024 ** 2;

it('the pinned Node is ok, another is not, with what to do', () => {
  expect(checkNode('26.10.0').verdict).toBe('ok');
  expect(checkNode('20.20.2')).toMatchObject({ verdict: 'not ok', advice: expect.stringContaining('./lab') });
});

it.each([
  [400, 'not ok'],
  [1000, 'limited'],
  [4000, 'ok'],
])('%d MB of memory are %s', (megabytes, verdict) =>
  expect(checkMemory(megabytes * megabyte).verdict).toBe(verdict),
);

it('no Docker and no cgroup limit the lab; they do not stop it', () => {
  expect(checkDocker({ kind: 'absent', reason: 'no docker' })).toMatchObject({ verdict: 'limited' });
  expect(checkLimit(makeWatchdog(megabyte, 'no rights'))).toMatchObject({
    verdict: 'limited',
    found: expect.stringContaining('no rights'),
  });
});

it('a Valkey is the given one, else one of this machine; without, the lab is limited, and told how to get one', () => {
  expect(checkValkey('/usr/bin/valkey-server', 'redis://:secret@cache:6379').found).toBe(
    'redis://cache:6379, as VALKEY_URL says',
  );
  expect(checkValkey('/usr/bin/valkey-server', undefined)).toMatchObject({ verdict: 'ok' });
  expect(checkValkey(undefined, undefined)).toMatchObject({
    verdict: 'limited',
    advice: expect.stringContaining('apt install'),
  });
});

it('a setting of the stack that is wrong is told, by its name', () => {
  expect(checkSettings({ TAIL_SAMPLING: 'off' }).verdict).toBe('ok');
  expect(checkSettings({ JAEGER_IMAGE: 'jaeger' })).toMatchObject({
    verdict: 'limited',
    found: expect.stringContaining('JAEGER_IMAGE=jaeger: expected'),
  });
});
