/** All fixes of lab 05, each in a service of its own: the right ones pass, whatever they look like, the others do not. */
import { afterAll, it } from 'vitest';
import { writeFigures } from '../../../test/soak/figures.ts';
import { allFixes } from './fix-list.ts';
import { expectAsNamed } from './fixes.ts';

const rows: string[] = [];
afterAll(() =>
  writeFigures(
    'fixes',
    'Fixes of lab 05 under load: bytes that each of 2,000 requests left, of 8,192 that are made for it',
    ['| leak | fix | bytes a request |', '|---|---|---|', ...rows],
  ),
);

it.each(allFixes)(
  '$name of $id is what it is called',
  async (fix) => {
    const kept_bytes = await expectAsNamed(fix);
    rows.push(`| ${fix.id} | ${fix.name} | ${kept_bytes === undefined ? '-' : Math.round(kept_bytes)} |`);
  },
  120_000,
);
