import { findLab } from '../running-lab.ts';

/** `./lab reset`: the service as it was at its start, without a new start. */
export async function reset(): Promise<void> {
  await findLab().client.reset();
  console.log('Reset: leaks off and cleared, sizes and upstream at their defaults, garbage collected.');
}
