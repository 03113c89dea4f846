import { commandsOf } from './commands-of.ts';

/** How long a button says that it copied. */
const said_ms = 2_000;

/** Gives each block of code of a text its button, and the keys that scroll it where it is wider than its place. Undone by what it returns. */
export function dressCode(text: HTMLElement): () => void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) reachByKeys(target as HTMLElement);
  });
  for (const block of text.querySelectorAll('pre')) {
    const place = document.createElement('div');
    place.className = 'code';
    const where = block.dataset['for'];
    if (where !== undefined) place.dataset['for'] = where;
    block.replaceWith(place);
    place.append(block);
    const code = block.querySelector('code');
    if (code !== null && code.className !== '' && !code.classList.contains('language-text')) {
      place.append(copyButton(code));
    }
    watch.observe(block);
  }
  return () => watch.disconnect();
}

/** A table that is too wide scrolls in its own place. */
export function dressTables(text: HTMLElement): void {
  for (const table of text.querySelectorAll('table')) {
    const place = document.createElement('div');
    place.className = 'table-scroll';
    table.classList.add('table');
    table.replaceWith(place);
    place.append(table);
  }
}

function reachByKeys(block: HTMLElement): void {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  else block.removeAttribute('tabindex');
}

function copyButton(code: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy small';
  const say = (word: string) => {
    button.textContent = word;
  };
  say('Copy');
  button.ariaLive = 'polite';
  button.addEventListener('click', async () => {
    const text = code.textContent ?? '';
    const copied = code.classList.contains('language-sh') ? commandsOf(text) : text.trimEnd();
    try {
      await navigator.clipboard.writeText(copied);
      say('Copied');
    } catch {
      getSelection()?.selectAllChildren(code);
      say('Selected');
    }
    setTimeout(() => say('Copy'), said_ms);
  });
  return button;
}
