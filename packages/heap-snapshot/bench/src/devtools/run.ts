import { parseArgs } from 'node:util';
import { type DevToolsSnapshot, loadInDevTools } from './snapshot.ts';

/**
 * `run.ts diff A B` loads both and diffs them, `run.ts load A` loads one; `--classes` prints every
 * class with count, shallow and retained size as JSON.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { classes: { type: 'boolean' } },
});
const [mode, ...paths] = positionals;
const snapshots: DevToolsSnapshot[] = [];
for (const path of paths) snapshots.push(await loadInDevTools(path));
const last = snapshots.at(-1);
const [base] = snapshots;
if (!last || !base) throw new Error('expected: run.ts load|diff FILE…');

const diff =
  mode === 'diff' ? last.calculateSnapshotDiff(0, base.aggregatesForDiff(last.interfaceDefinitions())) : {};
const classes = snapshots.map((snapshot) =>
  Object.fromEntries(
    Object.entries(snapshot.getAggregatesByClassKey(false, 'allObjects')).map(
      ([key, { name, count, self, maxRet }]) => [
        key,
        { name, count, shallow_bytes: self, retained_bytes: maxRet },
      ],
    ),
  ),
);
const changes = Object.entries(diff).map(([key, change]) => ({
  key,
  name: change.name,
  new_objects: change.addedCount,
  deleted_objects: change.removedCount,
  new_bytes: change.addedSize,
  deleted_bytes: change.removedSize,
}));
console.log(
  JSON.stringify(values.classes ? { classes, changes } : { nodes: last.nodeCount, changes: changes.length }),
);
