import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser for the tests and pictures: `CHROMIUM_PATH`, or the first of the usual names. Throws where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const told = environment['CHROMIUM_PATH'];
  if (told !== undefined) {
    if (existsSync(told)) return told;
    throw new Error(`CHROMIUM_PATH names no file: ${told}. Set it to a Chromium or Chrome, or unset it.`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter);
  const found = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(
    existsSync,
  );
  if (found !== undefined) return found;
  throw new Error(
    `Found no browser. Expected one of ${names.join(', ')} on PATH.\nInstall one (Debian: apt-get install chromium), or set CHROMIUM_PATH.`,
  );
}
