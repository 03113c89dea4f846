import { describe, expect, it } from 'vitest';
import { isAdminCaller } from './index.ts';

const bridge = () => ({
  eth0: [
    {
      address: '172.18.0.3',
      netmask: '255.255.0.0',
      family: 'IPv4' as const,
      mac: '02:42:ac:12:00:03',
      internal: false,
      cidr: '172.18.0.3/16',
    },
  ],
});
const from = (address: string | undefined, authorization?: string) => ({ address, authorization });

describe('isAdminCaller', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '172.18.0.1', '::ffff:172.18.0.1'])(
    'answers %s',
    (address) => expect(isAdminCaller(from(address), { interfaces: bridge })).toBe(true),
  );
  it.each(['172.19.0.1', '8.8.8.8', '2001:db8::1', 'nonsense', undefined])('refuses %s', (address) =>
    expect(isAdminCaller(from(address), { interfaces: bridge })).toBe(false),
  );
  it('asks for the token alone where one is set', () => {
    const policy = { token: 's3cret', interfaces: bridge };
    expect(isAdminCaller(from('8.8.8.8', 'Bearer s3cret'), policy)).toBe(true);
    expect(isAdminCaller(from('127.0.0.1'), policy)).toBe(false);
    expect(isAdminCaller(from('127.0.0.1', 'Bearer s3cre'), policy)).toBe(false);
  });
});
