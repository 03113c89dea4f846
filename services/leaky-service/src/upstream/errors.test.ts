import { expect, it } from 'vitest';
import { exhaustedResource } from './errors.ts';

it.each([
  ['EMFILE', 'file descriptors'],
  ['ENFILE', 'file descriptors'],
  ['EADDRNOTAVAIL', 'local ports'],
  ['ENOBUFS', 'memory for sockets'],
  ['ENOMEM', 'memory for sockets'],
  ['ECONNREFUSED', undefined],
  ['ECONNRESET', undefined],
])('%s: what is used up is %s', (code, resource) =>
  expect(exhaustedResource(Object.assign(new Error('connect'), { code }))).toBe(resource),
);

it('takes no other thing for an error of the system', () => {
  for (const thrown of [undefined, null, 'EMFILE', new Error('EMFILE'), { code: 24 }])
    expect(exhaustedResource(thrown)).toBeUndefined();
});
