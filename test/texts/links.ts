import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { partsOf } from './markdown.ts';

/** What leads nowhere in a Markdown file: where, and why. `file` is relative to `root`, the top of the clone. */
export function brokenLinks(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const links = partsOf(source).flatMap((part) => (part.kind === 'link' ? [part] : []));
  const broken = links.flatMap(({ line, to }) => {
    const why = whyBroken(root, file, to);
    return why === undefined ? [] : [`${file}:${line}: ${to}: ${why}`];
  });
  return [...broken, ...unknownRecords(root, file, source)];
}

function whyBroken(root: string, file: string, to: string): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(to)) {
    return /^https?:/.test(to) && URL.canParse(to) ? undefined : 'expected http or https';
  }
  const [path = '', anchor] = to.split('#', 2);
  const target = path === '' ? join(root, file) : join(root, dirname(file), decodeURIComponent(path));
  if (!existsSync(target)) return `there is no ${target.slice(root.length + 1)}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).has(anchor) ? undefined : 'there is no such heading';
}

/** Of a Markdown file, as GitHub makes them of its headings. */
function anchorsOf(target: string): Set<string> {
  const slugger = new GithubSlugger();
  const headings = partsOf(readFileSync(target, 'utf8')).filter(({ kind }) => kind === 'heading');
  return new Set(headings.map((part) => slugger.slug('text' in part ? plain(part.text) : '')));
}

const plain = (heading: string) => heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');

/** Decision records that a text names and that there are not. */
function unknownRecords(root: string, file: string, source: string): string[] {
  return [...source.matchAll(/\bADRs? (\d{3})(?:(?:,| and| to) (\d{3}))*/g)].flatMap(
    ({ 0: words, index }) => {
      const line = source.slice(0, index).split('\n').length;
      const unknown = (words.match(/\d{3}/g) ?? []).filter((number) => !hasRecord(root, number));
      return unknown.map((number) => `${file}:${line}: there is no docs/adr/${number}-….md`);
    },
  );
}

function hasRecord(root: string, number: string): boolean {
  return readdirSync(join(root, 'docs/adr')).some((name) => name.startsWith(`${number}-`));
}
