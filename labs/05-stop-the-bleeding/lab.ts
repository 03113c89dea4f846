import { join } from 'node:path';
import { bleedingStopped, flatSinceOff, type Lab, mended, one } from '@leak-lab/course';
import { type LabLeak, purposes } from './behaviour/purposes.ts';
import { tryBehaviour } from './behaviour/try.ts';

const KB = 1024;

export const lab: Lab = {
  id: '05',
  title: 'Stop the bleeding',
  learn: 'Stop a leak at once, prove that it is stopped, then mend the code and prove that too.',
  minutes: [15, 25],
  call: 'We know which one it is now: ./lab status names it, and it can be switched off. Stop the bleeding first, customers are on it. But we need that feature: then mend it, keep what it is for, and show us that it is flat.',
  behaviours: Object.fromEntries(
    Object.entries(purposes).map(([id, { file }]) => [
      file,
      (path: string) => tryBehaviour({ id: id as LabLeak, path }),
    ]),
  ),
  setup: {
    seeds: (draw) => [
      draw(one(['cache', 'listeners', 'history'], { least: 5 * KB, most: 12 * KB, latest_seconds: 60 })),
    ],
    in_the_open: true,
    mend: ({ leaks: [leak] }) => purposes[leak?.id as LabLeak].file,
    traffic_per_second: 100,
  },
  items: [
    {
      kind: 'effect',
      key: 'stopped',
      ask: 'Stop the bleeding: let go of what is held, collect, and switch it off.',
      expected: 'it is off, and most of what had grown is gone after a collection',
      look: bleedingStopped,
      hints: [
        'Three things: what is held has to go, the garbage of it has to be collected, and nothing must come after it.',
        './lab status names it; ./lab leak NAME off; curl -s -X POST localhost:8080/admin/leaks/clear -d \'{"leak_type": "all"}\'; curl -s -X POST localhost:8080/admin/gc.',
      ],
    },
    {
      kind: 'effect',
      key: 'flat',
      ask: 'Prove that it is flat: a collection, traffic, and another collection.',
      expected:
        '1,500 requests between two collections since it is off, and less than 200 bytes left of each',
      look: flatSinceOff,
      hints: [
        'Off is not proof. What does a collection leave now, and half a minute of traffic later?',
        'curl -s -X POST localhost:8080/admin/gc, 20 s of traffic, and once more.',
      ],
    },
    {
      kind: 'trial',
      key: 'mended',
      ask: 'Mend your copy of its file in .lab/work, and have it checked: ./lab check.',
      expected:
        'your code loads, does what it is for, and leaves less than 100 bytes of a request under 5,000 requests',
      attempt: (tools) => {
        const [leak] = tools.evidence().incident?.leaks ?? [];
        if (leak === undefined) throw new Error('The lab has no leak to mend.');
        const id = leak.id as LabLeak;
        const path = join(tools.work_directory, purposes[id].file);
        return mended(tools, leak, () => tryBehaviour({ id, path, signal: tools.signal }));
      },
      hints: [
        'What goes in has to come out. When is an entry of no more use, and who takes it out then?',
        'A bound, a time to live, removal when the request is over, or not keeping what is not needed: each is right when what it keeps does not grow with requests, and what it is for still works.',
      ],
    },
  ],
};
