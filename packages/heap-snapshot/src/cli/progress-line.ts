import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Progress } from '../types.ts';

/** Below this no line is shown: it would only flicker. */
const patience_ms = 1000;

/** One line on a terminal that says where the work stands, and is gone when the work is done. */
export interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

/** A progress line on `stream`; where that is no terminal, it does nothing. */
export function progressLine(stream: Pick<WriteStream, 'write'> & { isTTY?: boolean }): ProgressLine {
  const started_ms = performance.now();
  let shown = false;
  return {
    show({ stage, snapshot, ratio }) {
      if (!stream.isTTY || performance.now() - started_ms < patience_ms) return;
      rewind(stream);
      stream.write(`${stage}, snapshot ${snapshot + 1}: ${Math.floor(ratio * 100)} %`);
      shown = true;
    },
    clear() {
      if (shown) rewind(stream);
      shown = false;
    },
  };
}

function rewind(stream: Pick<WriteStream, 'write'>): void {
  cursorTo(stream as WriteStream, 0);
  clearLine(stream as WriteStream, 0);
}
