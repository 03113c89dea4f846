import type { Display } from './drive.ts';

const plain_interval_ms = 5000;
const usual_columns = 80;

/** On a terminal one line that is written over each second; elsewhere a line each 5 s. */
export function displayOn(stream: NodeJS.WriteStream): Display {
  return stream.isTTY ? liveDisplay(stream) : plainDisplay(stream);
}

function liveDisplay(stream: NodeJS.WriteStream): Display {
  const clear = '\r\u001b[2K';
  let shown = '';
  return {
    live(line) {
      shown = line.slice(0, (stream.columns || usual_columns) - 1);
      stream.write(clear + shown);
    },
    event(line) {
      stream.write(`${clear}${line}\n${shown}`);
    },
    end: () => void stream.write(clear),
  };
}

function plainDisplay(stream: NodeJS.WriteStream): Display {
  let last_ms = Number.NEGATIVE_INFINITY;
  return {
    live(line) {
      if (performance.now() - last_ms < plain_interval_ms) return;
      last_ms = performance.now();
      stream.write(`${line}\n`);
    },
    event: (line) => void stream.write(`${line}\n`),
    end: () => undefined,
  };
}
