import { leaks } from '../../support/leaks.ts';
import { postJson } from '../ask.ts';
import { keepRecording } from '../keep-recording.ts';
import { driveToDeath } from '../life.ts';
import { runScript } from '../observe.ts';
import { drive, playControl } from '../play.ts';
import { openStack, type Stack } from '../stack.ts';

/** Makes one recording, in a stack of its own. */
export type Make = () => Promise<unknown>;

const duration_seconds = 120;
/** Where the default load fills the limit in much less than a minute: requests a second that take as long as the others. */
const slower: Readonly<Record<string, Readonly<Record<string, string>>>> = { reload: { RATE: '0.7' } };

/** Of the twins: those of leaks that have requests, sizes or series of their own, by which a rule could tell them otherwise. */
const twins: Readonly<Record<string, object>> = {
  closures: {},
  buffers: {},
  sockets: { preset: 'fast' },
  reload: {},
  keys: {},
};

const toDeath =
  (leak: string): Make =>
  () =>
    inStack(async (stack) => keepRecording(stack, leak, await driveToDeath(stack, leak, slower[leak])));

/** What lives on: as long as it takes for the leaks, and somewhat more. */
const throughAll =
  (name: string, leak: string, settings: object): Make =>
  () =>
    inStack(async (stack) => {
      if (leak === 'keys')
        await stack.compose('--profile', 'keys', 'up', '--detach', '--wait', '--no-deps', 'valkey');
      await postJson(`${stack.url.service}/admin/leaks/${leak}`, { enabled: true, ...settings });
      const loaded_seconds = Date.now() / 1000;
      await runScript(stack, 'steady.ts', { DURATION: '105s' });
      await keepRecording(stack, name, { loaded_seconds, back_seconds: Date.now() / 1000 });
    });

const restart: Make = () =>
  inStack(async (stack) => {
    const loaded_seconds = Date.now() / 1000;
    await drive(stack, 200, duration_seconds / 2);
    await stack.compose('restart', 'leaky-service');
    await drive(stack, 200, duration_seconds / 2);
    await keepRecording(stack, 'restart', { loaded_seconds, back_seconds: Date.now() / 1000 });
  });

/** All recordings by name, and how each is made. `churn-busy` is `churn` on a machine that had three times as much to do as it can. */
export const recordings: ReadonlyMap<string, Make> = new Map([
  ...leaks.map(({ id }) => [id, toDeath(id)] as const),
  ['keys', throughAll('keys', 'keys', {})],
  ...['warm-cache', 'churn', 'pool'].map(
    (control) => [control, () => playControl(control, duration_seconds)] as const,
  ),
  ['load-step', () => playControl('none', duration_seconds)],
  ['restart', restart],
  ...Object.entries(twins).map(([leak, settings]) => {
    const name = `fixed-${leak}`;
    return [name, throughAll(name, leak, { variant: 'fixed', ...settings })] as const;
  }),
]);

async function inStack(use: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await openStack();
  try {
    await use(stack);
  } finally {
    await stack.close();
  }
}
