import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

export interface CallerPolicy {
  /** When set, only a request with `Authorization: Bearer <token>` passes, from wherever it comes. */
  readonly token?: string | undefined;
  /** The machine's interfaces; given in tests. */
  readonly interfaces?: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
}

/** Whether a caller may use the admin routes: by token where one is set, else by address. */
export function isAdminCaller(
  caller: { readonly address: string | undefined; readonly authorization: string | undefined },
  policy: CallerPolicy = {},
): boolean {
  if (policy.token !== undefined) return sameText(caller.authorization ?? '', `Bearer ${policy.token}`);
  if (caller.address === undefined) return false;
  const address = caller.address.replace(/^::ffff:/i, '');
  return neighbours(policy.interfaces ?? networkInterfaces).check(
    address,
    isIP(address) === 6 ? 'ipv6' : 'ipv4',
  );
}

/** Loopback and the subnets of the machine's own interfaces, as they are now. */
function neighbours(interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  for (const addresses of Object.values(interfaces())) {
    for (const { cidr, family } of addresses ?? []) {
      const [address = '', bits = ''] = (cidr ?? '').split('/');
      if (isIP(address) !== 0) list.addSubnet(address, Number(bits), family === 'IPv6' ? 'ipv6' : 'ipv4');
    }
  }
  return list;
}

/** Compares in constant time whatever the lengths, so that a token cannot be guessed letter by letter. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
