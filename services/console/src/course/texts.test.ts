import { expect, it } from 'vitest';
import { toHtml } from './texts.ts';

const fence = '```';
const block = (lang: string, text: string) => `${fence}${lang}\n${text}\n${fence}\n`;

/** What stands in each block, and where alone it is right. */
const blocks = (markdown: string) =>
  [...toHtml(markdown).matchAll(/<pre(?: data-for="(\w+)")?><code[^>]*>([^<]*)\n</g)].map(
    ([, where, text]) => `${where ?? 'everywhere'}: ${text}`,
  );

it('says of a block where alone it is right, and of what it prints', () => {
  const text = [
    '# A lab',
    block('sh docker', 'docker compose up'),
    'Elsewhere:',
    '',
    block('sh embedded', './lab up'),
    block('text', 'It is there.'),
    'Then, wherever it runs:',
    '',
    block('sh', 'curl -s localhost:8080/health'),
    block('', 'ok'),
  ].join('\n');
  expect(blocks(text)).toEqual([
    'docker: docker compose up',
    'embedded: ./lab up',
    'embedded: It is there.',
    'everywhere: curl -s localhost:8080/health',
    'everywhere: ok',
  ]);
});

it('the text of a block stays text', () => {
  expect(toHtml(block('sh docker', 'echo "<b>$PATH</b>"'))).toContain('&lt;b&gt;$PATH&lt;/b&gt;');
});

it('leads to another lab on the page, and names what is in the repository alone', () => {
  const html = toHtml('[Lab 01](../01-flat-line/README.md), [more](../../docs/proof.md)');
  expect(html).toContain('<a href="#/course/01">Lab 01</a>, more (<code>docs/proof.md</code>)');
});
