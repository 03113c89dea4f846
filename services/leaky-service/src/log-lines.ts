import pino from 'pino';

/** Lines are handed on together once they are this long, or after `latest_ms`. */
const together_characters = 16_384;
const latest_ms = 250;
/** Beyond this, lines are dropped rather than kept: a reader that stalls must not look like a leak. */
const mostBuffered_bytes = 1_048_576;

/** Where log lines go. */
export interface LineSink {
  write(lines: string): void;
  flush(done?: (error?: Error) => void): void;
}

/**
 * Standard output, written to without ever waiting for its reader. The destination under it measures all that it
 * holds at each line; so lines are put together here first, which more than halves the cost of a line.
 */
export function standardOutput(fileDescriptor = 1): LineSink {
  const destination = pino.destination({
    dest: fileDescriptor,
    sync: false,
    // With none, its flush would call back at once.
    minLength: 1,
    maxLength: mostBuffered_bytes,
  });
  let gathered = '';
  let timer: NodeJS.Timeout | undefined;
  const handOn = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (gathered === '') return;
    destination.write(gathered);
    gathered = '';
  };
  return {
    write(lines) {
      gathered += lines;
      if (gathered.length >= together_characters) handOn();
      else timer ??= setTimeout(handOn, latest_ms).unref();
    },
    flush(done) {
      handOn();
      destination.flush(done);
    },
  };
}
