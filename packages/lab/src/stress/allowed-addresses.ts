import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { reasonOf } from '../lab-error.ts';
import { refused } from './refused.ts';

const run = promisify(execFile);

interface Address {
  readonly address: string;
  readonly family: number;
}

/**
 * Where a host may be put under load: this machine and the lab's own network by default, any with `remote`. Returns how
 * to resolve its name, to the very addresses that were looked at. Throws a `LabError` for another machine.
 */
export async function allowedAddresses(
  hostname: string,
  remote: boolean,
  resolve: (host: string) => Promise<readonly Address[]> = (host) => lookup(host, { all: true }),
): Promise<LookupFunction> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host).catch((thrown: unknown) => {
    throw refused({
      problem: `The name ${host} cannot be resolved.`,
      expected: 'the name or address of a web server',
      came: reasonOf(thrown),
      advice: 'look at its spelling; ./lab stress without a URL takes the lab’s own service',
    });
  });
  const strangers = remote ? [] : await outside(addresses);
  if (strangers.length > 0) {
    throw refused({
      problem: `${host} is another machine.`,
      expected: 'this machine or the lab’s own network, since what comes now is a heavy load',
      came: `${host} is ${strangers.map(({ address }) => address).join(', ')}`,
      advice: 'if it is yours to put under load: --remote',
    });
  }
  return pinned(addresses);
}

/** Resolves any name to these addresses, so that nobody can answer differently the second time. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const family = options.family === 4 || options.family === 6 ? options.family : undefined;
    const suiting = addresses.filter((one) => family === undefined || one.family === family);
    const [first] = suiting.length > 0 ? suiting : addresses;
    if (options.all === true) callback(null, [...(suiting.length > 0 ? suiting : addresses)]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
}

async function outside(addresses: readonly Address[]): Promise<readonly Address[]> {
  const beyond = addresses.filter(({ address }) => !contains(thisMachine(), address));
  if (beyond.length === 0) return [];
  const own = await labNetwork();
  return beyond.filter(({ address }) => !contains(own, address));
}

const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

function thisMachine(): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  // What listens everywhere is reached here by that.
  list.addAddress('0.0.0.0', 'ipv4');
  list.addAddress('::', 'ipv6');
  for (const { address } of Object.values(networkInterfaces()).flatMap((of) => of ?? [])) {
    list.addAddress(address.replace(/%.*$/, ''), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

const project = process.env['COMPOSE_PROJECT_NAME'] || 'leak-lab';

/** The networks that Compose made for the lab on this machine; empty without Docker. */
async function labNetwork(): Promise<BlockList> {
  const list = new BlockList();
  const docker = (...args: string[]) => run('docker', args, { timeout: 5_000 });
  try {
    const label = `label=com.docker.compose.project=${project}`;
    const { stdout: ids } = await docker('network', 'ls', '--quiet', '--filter', label);
    const known = ids.split('\n').filter(Boolean);
    if (known.length === 0) return list;
    const format = '{{range .IPAM.Config}}{{.Subnet}} {{end}}';
    const { stdout: subnets } = await docker('network', 'inspect', '--format', format, ...known);
    for (const subnet of subnets.split(/\s+/).filter(Boolean)) {
      const [net = '', bits = ''] = subnet.split('/');
      list.addSubnet(net, Number(bits), isIPv6(net) ? 'ipv6' : 'ipv4');
    }
  } catch {
    // Without Docker there is no such network.
  }
  return list;
}
