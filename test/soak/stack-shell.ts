import type { Stack } from '../stack/stack.ts';

/** Runs bash in a container of the stack, and gives what it writes. */
export const inContainer = async (stack: Stack, service: string, script: string): Promise<string> =>
  (await stack.compose('exec', '--no-TTY', service, 'bash', '-c', script)).stdout;

/** Snapshots on the shared volume under their own name that are not whole: one is a JSON object and ends with its brace. */
export async function halfSnapshotsOf(stack: Stack): Promise<string[]> {
  const script =
    'for file in /shared/snapshots/*.heapsnapshot; do [ ! -f "$file" ] || tail -c 2 "$file" | grep -q "}" || echo "$file"; done';
  return (await inContainer(stack, 'console', script)).split('\n').filter(Boolean);
}
