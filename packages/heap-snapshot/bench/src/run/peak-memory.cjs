// Preloaded into a measured process: as it ends, notes the most memory it ever had resident.
const { readFileSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const file = process.env.PEAK_MEMORY_FILE;
if (isMainThread && file) {
  process.on('exit', () =>
    writeFileSync(file, /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
  );
}
