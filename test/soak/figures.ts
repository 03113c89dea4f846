import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from '../../packages/lab/src/bench/table.ts';

const file = fileURLToPath(new URL('../../docs/soak.md', import.meta.url));

/** Writes what a soak measured into `docs/soak.md`, in place of what it measured before. */
export function writeFigures(part: string, title: string, lines: readonly string[]): void {
  const document = existsSync(file) ? readFileSync(file, 'utf8') : '# What the long tests measured\n';
  const section = `## ${title}\n\n\`./lab test --soak ${part}\`, Node ${process.version}, ${process.platform} ${process.arch}.\n\n${lines.join('\n')}`;
  writeFileSync(file, withSection(document, part, section));
}
