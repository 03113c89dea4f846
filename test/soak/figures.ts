import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from '../../packages/lab/src/bench/table.ts';

/** Where figures are written, and what is there before the first. */
interface Document {
  readonly file: string;
  readonly title: string;
}

const soak: Document = { file: 'docs/soak.md', title: '# What the long tests measured\n' };
/** What `npm run prove` writes. */
export const proof: Document = { file: 'docs/proof.md', title: '# What is proven\n' };

/** Writes what a soak measured into `document`, in place of what it measured before. */
export function writeFigures(
  part: string,
  title: string,
  lines: readonly string[],
  document: Document = soak,
): void {
  const file = fileURLToPath(new URL(`../../${document.file}`, import.meta.url));
  const text = existsSync(file) ? readFileSync(file, 'utf8') : document.title;
  const section = `## ${title}\n\n\`./lab test --soak ${part}\`, Node ${process.version}, ${process.platform} ${process.arch}.\n\n${lines.join('\n')}`;
  writeFileSync(file, withSection(text, part, section));
}
