/** The page's style: the reader's own light or dark, and a table that scrolls inside its frame. */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --paper: #fff; --line: #d5dae1; --soft: #f3f5f8; --grew: #b3261e; --shrank: #1a7f37; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e8ee; --paper: #15181d; --line: #363c45; --soft: #1f242b; --grew: #ff8a80; --shrank: #6fdd8b; }
}
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--paper); }
main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
li, td, summary { overflow-wrap: anywhere; unicode-bidi: plaintext; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:last-child, td:last-child { text-align: left; white-space: normal; min-width: 16rem; }
thead th { position: sticky; top: 0; background: var(--soft); }
tr.grew td:nth-last-child(2), p.grew { color: var(--grew); }
tr.shrank td:nth-last-child(2), p.shrank { color: var(--shrank); }
details { margin: .4rem 0; padding: .4rem .8rem; background: var(--soft); border-radius: 6px; }
details ol, details + ol { font-family: ui-monospace, monospace; font-size: 13px; }
`;
