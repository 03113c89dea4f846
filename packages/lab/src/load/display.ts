import type { Display } from './drive.ts';

const usualInterval_ms = 5000;
const usual_columns = 80;

/** On a terminal one line that is written over; elsewhere a line each 5 s, or as often as is said. */
export function displayOn(stream: NodeJS.WriteStream, plain_interval_ms = usualInterval_ms): Display {
  return stream.isTTY ? liveDisplay(stream) : plainDisplay(stream, plain_interval_ms);
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

function plainDisplay(stream: NodeJS.WriteStream, plain_interval_ms: number): Display {
  let last_ms = Number.NEGATIVE_INFINITY;
  return {
    live(line, isNews = false) {
      if (!isNews && performance.now() - last_ms < plain_interval_ms) return;
      last_ms = performance.now();
      stream.write(`${line}\n`);
    },
    event: (line) => void stream.write(`${line}\n`),
    end: () => undefined,
  };
}
