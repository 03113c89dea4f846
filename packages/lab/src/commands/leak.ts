import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { parseBytes } from '../text/bytes.ts';

export interface LeakOptions {
  readonly bytes?: string;
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
    ...(options.preset === undefined ? {} : { preset: options.preset }),
    ...(options.variant === undefined ? {} : { variant: options.variant }),
  });
  const size =
    state.bytes_per_request === undefined
      ? ''
      : `, ${state.bytes_per_request.toLocaleString('en')} bytes a request`;
  const held = `${state.entries.toLocaleString('en')} held, ${state.estimated_size_mb.toFixed(1)} MB`;
  console.log(`${state.id} is ${state.enabled ? 'on' : 'off'}${size}; ${held}.`);
  if (!state.enabled) return;
  const survives = embedded?.leaks.split(',').includes(id) ?? false;
  const after = survives ? 'it is on again, as ./lab up was told' : 'it is off, unless LEAKS names it';
  console.log(`It grows with each request: ./lab load sends them. After a death ${after}.`);
}
