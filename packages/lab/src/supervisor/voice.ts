import { appendFileSync } from 'node:fs';

/** Says a line to whoever started the lab. */
export type Say = (line: string) => void;

/** A voice that says each line aloud and writes it down with its time. */
export function recordingVoice(log: string, aloud: Say): Say {
  return (line) => {
    for (const part of line.split('\n')) appendFileSync(log, `${new Date().toISOString()} ${part}\n`);
    aloud(line);
  };
}
