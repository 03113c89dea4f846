import { Marked, Renderer, type Token, type Tokens } from 'marked';

/** What a block of a text is for alone; of the others nothing is said. */
type OnlyOn = 'embedded' | 'docker';

/** A lab's Markdown as HTML: links among labs lead to the page's own places, others into the repository are named only; `data-for` says where alone a block is right. */
export function toHtml(markdown: string): string {
  const only = new Map<Token, OnlyOn>();
  const code = new Renderer();
  const marked = new Marked({
    renderer: {
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const lab = /^\.\.\/(\d\d)-[^/]+\/?(?:README\.md)?$/.exec(href);
        if (lab !== null) return `<a href="#/course/${lab[1]}">${words}</a>`;
        if (/^https?:\/\//.test(href))
          return `<a href="${href}" target="_blank" rel="noreferrer">${words}</a>`;
        return href.startsWith('#') ? words : `${words} (<code>${href.replaceAll('../', '')}</code>)`;
      },
      code(token) {
        const where = only.get(token);
        const html = code.code(token);
        return where === undefined ? html : html.replace('<pre', `<pre data-for="${where}"`);
      },
    },
  });
  const tokens = marked.lexer(withoutTitle(markdown));
  markBlocks(tokens, only);
  return marked.parser(tokens);
}

/** Notes which blocks are for one mode alone: by the words behind `sh`, and what they print straight after. */
function markBlocks(tokens: readonly Token[], only: Map<Token, OnlyOn>): void {
  let before: OnlyOn | undefined;
  for (const token of tokens) {
    if (token.type === 'space') continue;
    const { type, lang = '' } = token as Tokens.Code;
    const isOutput = lang === '' || lang === 'text';
    const said = (['embedded', 'docker'] as const).find((word) => lang.split(/\s+/).includes(word));
    const where = type !== 'code' ? undefined : (said ?? (isOutput ? before : undefined));
    if (where !== undefined) only.set(token, where);
    before = where;
  }
}

const withoutTitle = (markdown: string): string => markdown.replace(/^\s*# .*\n/, '');
