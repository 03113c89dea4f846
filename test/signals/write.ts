/** Writes docs/signals.md: npm run signals */
import { writeFileSync } from 'node:fs';
import { signalsPage } from './page.ts';

writeFileSync(new URL('../../docs/signals.md', import.meta.url), signalsPage());
console.log('docs/signals.md');
