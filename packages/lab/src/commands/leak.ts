import { type LeakState, placeInWords } from '../lab-client.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { parseBytes } from '../text/bytes.ts';

export interface LeakOptions {
  readonly bytes?: string;
  readonly oneIn?: string;
  readonly preset?: string;
  readonly variant?: string;
}

/** `./lab leak <id> on|off`: switches a leak of the running service. */
export async function leak(id: string, wanted: string, options: LeakOptions): Promise<void> {
  if (options.bytes !== undefined && options.preset !== undefined) {
    throw new LabError({
      problem: '--bytes and --preset both set the size.',
      expected: 'one of them',
      advice: `./lab leak ${id} ${wanted} --preset ${options.preset}`,
    });
  }
  const { client, embedded } = findLab();
  const state = await client.switchLeak(id, {
    enabled: wanted === 'on',
    ...(options.bytes === undefined ? {} : { bytes_per_request: parseBytes(options.bytes, '--bytes') }),
    ...(options.oneIn === undefined ? {} : { one_in: Number(options.oneIn) }),
    ...(options.preset === undefined ? {} : { preset: options.preset }),
    ...(options.variant === undefined ? {} : { variant: options.variant }),
  });
  const size =
    state.bytes_per_request === undefined
      ? ''
      : `, ${state.bytes_per_request.toLocaleString('en')} bytes ${unitInWords(state)}`;
  const held = `${state.entries.toLocaleString('en')} held, ${state.estimated_size_mb.toFixed(1)} MB${placeInWords(state)}`;
  console.log(`${state.id} is ${state.enabled ? 'on' : 'off'}${size}; ${held}.`);
  if (!state.enabled) return;
  const survives = embedded?.leaks.split(',').includes(id) ?? false;
  const after = survives ? 'it is on again, as ./lab up was told' : 'it is off, unless LEAKS names it';
  const { method, path, body } = state.drive;
  const what = `${method} ${path}${body === undefined ? '' : ` with a ${body} body`}`;
  console.log(`It grows with each ${what}: ./lab load sends them. After a death ${after}.`);
  if (state.memory === 'remote')
    console.log('The service stays as it is: what grows is the memory of the Valkey that it writes to.');
}

/** "a request", "a connection, for one request in 375". */
const unitInWords = ({ unit, one_in }: LeakState): string =>
  one_in === 1 ? `${unit === 'event' ? 'an' : 'a'} ${unit}` : `a ${unit}, for one request in ${one_in}`;
