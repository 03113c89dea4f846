import { describe, expect, it } from 'vitest';
import { parseContainers, requireDocker } from './docker.ts';
import { deathInEvents } from './last-death.ts';

describe('Docker that cannot be used is told with what to do', () => {
  it.each([
    ['absent', 'Docker is not installed.', 'https://docs.docker.com/get-docker/'],
    ['forbidden', 'may not use', 'usermod -aG docker'],
    ['silent', 'The Docker Engine does not answer.', 'start Docker'],
    ['no-compose', 'Docker has no Compose.', 'install Compose v2'],
  ] as const)('%s', (kind, problem, advice) => {
    const attempt = () => requireDocker({ kind, reason: 'the reason' });
    expect(attempt).toThrow(problem);
    expect(attempt).toThrow(/the reason/);
    expect(attempt).toThrow(advice);
    expect(attempt).toThrow(/\.\/lab up/);
  });
});

it('reads the containers as Compose lists them, a line each or in one array', () => {
  const row = { Service: 'jaeger', State: 'running', Health: '' };
  const read = [{ service: 'jaeger', state: 'running', health: '' }];
  expect(parseContainers(`${JSON.stringify(row)}\n`)).toEqual(read);
  expect(parseContainers(JSON.stringify([row]))).toEqual(read);
  expect(parseContainers('')).toEqual([]);
});

describe('the death of a container', () => {
  const event = (Action: string, exitCode?: string) =>
    `${JSON.stringify({ Action, Actor: { Attributes: { exitCode } } })}\n`;
  it('is the kernel’s when an oom event came with it', () =>
    expect(deathInEvents(event('oom') + event('die', '137'))).toBe(
      'killed by the kernel for want of memory (exit 137)',
    ));
  it('is told by its exit code otherwise', () => expect(deathInEvents(event('die', '134'))).toBe('exit 134'));
  it('is none when nothing died', () => expect(deathInEvents('')).toBeUndefined());
});
