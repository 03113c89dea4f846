import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  copyWorkspace,
  hasOtherNodes,
  installNode,
  installTarball,
  packTarball,
} from '../../../../test/support/tarball.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = 'packages/heap-snapshot';
let workspace: string;
let project: string;

beforeAll(() => {
  workspace = copyWorkspace(folder);
  project = installTarball(packTarball(workspace, folder));
  copyFileSync(here('consumer.mjs'), join(project, 'consumer.mjs'));
});

afterAll(() => {
  for (const folder of [workspace, project]) rmSync(folder, { recursive: true, force: true });
});

/** The oldest Node the package promises, the newest of each line, and one that only takes the snapshots. */
const versions = { analyse: ['22.0.0', '22', '24', '26'], snapshot: ['20', '22', '24', '26'] };

describe.skipIf(!hasOtherNodes)('installed from the tarball', () => {
  const nodes = new Map<string, string>();

  beforeAll(() => {
    for (const version of new Set([...versions.analyse, ...versions.snapshot]))
      nodes.set(version, installNode(version));
  });

  test.each(versions.analyse)('Node %s reads the snapshots of Node 20 to 26', (version) => {
    for (const maker of versions.snapshot) {
      const [before, after] = [
        join(project, `${maker}-a.heapsnapshot`),
        join(project, `${maker}-b.heapsnapshot`),
      ];
      execFileSync(nodes.get(maker) ?? '', [here('leaking-program.mjs'), before, after, '150']);
      const said = execFileSync(nodes.get(version) ?? '', ['consumer.mjs', before, after], {
        cwd: project,
        encoding: 'utf8',
      });
      expect(JSON.parse(said), `snapshots of Node ${maker}`).toEqual({
        added: 150,
        retained: true,
        held: true,
        growth: 'Session',
      });
      const command = join(project, 'node_modules/@leak-lab/heap-snapshot/dist/cli/main.js');
      const table = execFileSync(nodes.get(version) ?? '', [command, before, after], { encoding: 'utf8' });
      expect(table).toMatch(/\+150 .*RequestRecord/);
    }
  });
});
