// A project that has installed the package: uses each of its functions and prints what they say.
import {
  diffSnapshots,
  expectNoGrowth,
  GrowthError,
  openSnapshot,
  retainingPaths,
} from '@leak-lab/heap-snapshot';

class Session {}

const [before, after] = process.argv.slice(2);
const diff = await diffSnapshots([before, after]);
const grown = diff.classes.find(({ name }) => name === 'RequestRecord');
const snapshot = await openSnapshot(after);
const paths = await retainingPaths(snapshot, { class: 'RequestRecord' });
await snapshot.close();

const kept = [];
let caught;
try {
  await expectNoGrowth(() => kept.push(new Session()), { class: 'Session', iterations: 20 });
} catch (error) {
  caught = error;
}
console.log(
  JSON.stringify({
    added: grown?.added.count,
    retained: grown?.retained_bytes_delta > 0,
    held: paths.clusters.length > 0,
    growth: caught instanceof GrowthError ? caught.diff.name : String(caught),
  }),
);
