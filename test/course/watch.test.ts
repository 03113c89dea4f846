import { describe, expect } from 'vitest';
import { kill } from '../embedded/support/kill.ts';
import { labTest as it, until } from '../embedded/support/lab-command.ts';

describe.concurrent('./lab watch', () => {
  it('says what is asked, and each thing that changes, until Ctrl-C', async ({ lab }) => {
    await lab.up();
    await lab.run('start', '02');
    const watching = lab.watch('watch');
    await until('what is asked', () => watching.stdout.includes('0 of 4'));
    const before = watching.stdout;
    await lab.run('answer', 'bytes_per_request=7.5KB');
    await until('what changed', () => watching.stdout.length > before.length);
    const { code, stdout, stderr } = await watching.interrupt();
    expect(stdout.slice(before.length)).toMatch(/^… bytes_per_request: .*\n {4}answered +7\.5KB\n/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends with what to do where the console goes away', async ({ lab }) => {
    const { supervisor, console } = await lab.up();
    await lab.run('start', '02');
    const watching = lab.watch('watch');
    await until('what is asked', () => watching.stdout.includes('0 of 4'));
    // The supervisor first: it would start another console.
    kill('the supervisor', supervisor);
    kill('the console', console.process);
    const { code, stderr } = await watching.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^✗ .*console.*\n[\s\S]*\.\/lab up/i);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
