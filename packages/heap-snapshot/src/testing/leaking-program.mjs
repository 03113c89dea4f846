// Writes two snapshots of itself, before and after it kept a number of records, to the paths it is given.
import { writeHeapSnapshot } from 'node:v8';

class RequestRecord {
  constructor(id) {
    this.id = id;
    this.body = { text: `body ${id}`, at: id / 3 };
  }
}

const history = [new RequestRecord(-1)];
const [before, after, count] = process.argv.slice(2);
writeHeapSnapshot(before);
for (let id = 0; id < Number(count); id++) history.push(new RequestRecord(id));
writeHeapSnapshot(after);
if (history.length === 0) throw new Error('kept alive to here');
