import type { LookupAddress } from 'node:dns';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { allowedAddresses } from './allowed-addresses.ts';

const resolvingTo =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

it.each(['127.0.0.1', '127.9.9.9', 'localhost', '[::1]', '0.0.0.0'])(
  'allows this machine: %s',
  async (host) => {
    await expect(allowedAddresses(host, false)).resolves.toBeTypeOf('function');
  },
);

it('allows the addresses this machine has in its networks', async () => {
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((of) => of ?? [])) {
    if (family === 'IPv4') await expect(allowedAddresses(address, false)).resolves.toBeTypeOf('function');
  }
});

it('refuses another machine, and says which, until that is confirmed', async () => {
  await expect(allowedAddresses('192.0.2.7', false)).rejects.toThrow(
    /192\.0\.2\.7 is another machine[\s\S]*heavy load[\s\S]*--remote/,
  );
  await expect(allowedAddresses('192.0.2.7', true)).resolves.toBeTypeOf('function');
});

it('goes by what a name resolves to, and by all of it', async () => {
  const elsewhere = allowedAddresses('localhost.shop.test', false, resolvingTo('127.0.0.1', '192.0.2.7'));
  await expect(elsewhere).rejects.toThrow('localhost.shop.test is 192.0.2.7');
  await expect(allowedAddresses('shop.test', false, resolvingTo('::ffff:192.0.2.7'))).rejects.toThrow(
    'another',
  );
  await expect(allowedAddresses('shop.test', false, resolvingTo('::ffff:127.0.0.1'))).resolves.toBeDefined();
});

it('has the sender connect to those addresses, whatever the name says later', async () => {
  const lookup = await allowedAddresses('shop.test', false, resolvingTo('127.0.0.1', '::1'));
  const asked = promisify(lookup);
  expect(await asked('shop.test', { all: true })).toEqual([
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]);
});

it('refuses a name that nobody knows', async () => {
  const unknown = async () => {
    throw new Error('getaddrinfo ENOTFOUND shop.test');
  };
  await expect(allowedAddresses('shop.test', false, unknown)).rejects.toThrow(
    /cannot be resolved[\s\S]*ENOTFOUND/,
  );
});
