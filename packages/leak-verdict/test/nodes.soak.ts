import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyWorkspace,
  hasOtherNodes,
  installNode,
  installTarball,
  packTarball,
} from '../../../test/support/tarball.ts';
import { consumerSays, verdictOfSources } from './installed.ts';

const folder = 'packages/leak-verdict';
let workspace: string;
let project: string;

beforeAll(() => {
  workspace = copyWorkspace(folder);
  project = installTarball(packTarball(workspace, folder));
});

afterAll(() => {
  for (const made of [workspace, project]) rmSync(made, { recursive: true, force: true });
});

describe.skipIf(!hasOtherNodes)('installed from the tarball', () => {
  it.each(['22.0.0', '22', '24', '26'])('Node %s judges as the sources do', (version) => {
    expect(consumerSays(installNode(version), project)).toEqual(verdictOfSources());
  });
});
