import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runText, type TextOptions } from './run-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'leak-lab-text-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** Runs a text in which each `'''` is a fence. Gives what it throws, or `undefined`. */
async function failureOf(text: string, options: Partial<TextOptions> = {}): Promise<string | undefined> {
  const file = join(folder, `text-${count++}.md`);
  writeFileSync(file, text.replaceAll("'''", '```'));
  try {
    await runText(file, { mode: 'embedded', ...options });
    return undefined;
  } catch (error) {
    return (error as Error).message.replaceAll(file, 'text.md');
  }
}

describe.concurrent('a text that runs as printed', () => {
  it('commands in order, in a folder that is like a clone', async () => {
    const text = `'''sh
echo 12 > kept.txt   # a file
ls -d lab labs docs .lab 2>/dev/null | head -1
cat kept.txt
'''
'''
.lab
99
'''
`;
    expect(await failureOf(text)).toBeUndefined();
  });

  it('one that goes on is waited for, and Ctrl-C ends it', async () => {
    const text = `'''sh background
trap 'echo ended > end.txt; exit 0' INT; echo begins; while sleep 0.1; do echo tick; done
'''
'''
begins
…
tick
'''
**Ctrl-C**

'''sh
cat end.txt
'''
'''
ended
'''
`;
    expect(await failureOf(text)).toBeUndefined();
  });

  it('commands of several lines, those that must fail, those of the other lab, and answers filled in', async () => {
    const text = `'''sh
for i in 1 2; do
  echo $i
done
'''
'''
1
2
'''
'''sh fails
exit 3
'''
'''sh docker
exit 4
'''
'''sh any-exit
exit 2
'''
'''sh answers
echo ANSWER
'''
'''
filled
'''
`;
    const fill = async (command: string) => command.replace('ANSWER', 'filled');
    expect(await failureOf(text, { fill })).toBeUndefined();
  });
});

describe.concurrent('one that does not is told with its line', () => {
  it('another output, both side by side', async () => {
    const message = await failureOf("Text\n\n'''sh\necho one; echo two\n'''\n'''\none\nthree\n'''\n");
    expect(message).toContain('text.md:3: echo one; echo two');
    expect(message).toContain('not the one shown at line 8');
    expect(message).toMatch(/✗ three │ two/);
  });

  it('a command that fails, with what it said, and the rest is run too', async () => {
    const message = await failureOf("'''sh\ncat not-there.txt\n'''\n\n'''sh fails\ntrue\n'''\n");
    expect(message).toMatch(
      /text\.md:2: cat not-there\.txt\nIts exit code: 1, expected 0\. It said:\ncat: not-there/,
    );
    expect(message).toMatch(/text\.md:6: true\nIts exit code: 0, expected any but 0/);
  });

  it('one that goes on and ends by itself', async () => {
    const message = await failureOf("'''sh background\necho begins; exit 3\n'''\n'''\nbegins\nlater\n'''\n");
    expect(message).toContain('not the one shown at line 6');
    expect(message).toContain('It ended by itself');
  });

  it('a command that CI is said to run and does not', async () => {
    expect(await failureOf("'''sh ci\n./lab dance  # a while\n'''\n")).toContain(
      './lab dance\nMarked as run by .ci/run',
    );
  });
});
