import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from '../lab-error.ts';

/** What became of the page: it was up to date, it was built, or why it was not. */
export type PageOutcome =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'built'; readonly seconds: number }
  | { readonly kind: 'failed'; readonly reason: string };

const run = promisify(execFile);
const patience_ms = 30_000;

/** Builds the console's page where its sources are newer than what was built of them. */
export async function buildPage(services: string): Promise<PageOutcome> {
  const web = join(services, 'console', 'web');
  const program = join(web, 'build.ts');
  // The page uses the names the API has for its columns.
  const contract = join(services, 'console', 'src', 'api', 'contract.ts');
  if (!existsSync(program) || isFresh(web, contract)) return { kind: 'fresh' };
  const begun = performance.now();
  try {
    await run(process.execPath, [program], {
      cwd: join(services, 'console'),
      timeout: patience_ms,
      windowsHide: true,
    });
    return { kind: 'built', seconds: (performance.now() - begun) / 1000 };
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    return { kind: 'failed', reason: stderr.trim() || reasonOf(error) };
  }
}

/** Whether what was built is newer than every source. */
function isFresh(web: string, contract: string): boolean {
  const built_ms = statSync(join(web, 'dist', 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
  return built_ms !== undefined && built_ms >= Math.max(newest_ms(web), modified_ms(contract));
}

const modified_ms = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newest_ms(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, modified_ms(path), entry.isDirectory() ? newest_ms(path) : 0);
  }
  return newest;
}
