// A project that has installed the package: judges the readings of a file, and prints what is said of them.
import { readFileSync } from 'node:fs';
import { exitCodeOf, verdictLines, verdictOf } from '@leak-lab/leak-verdict';

const verdict = verdictOf(JSON.parse(readFileSync(process.argv[2], 'utf8')));
console.log(JSON.stringify({ verdict, lines: verdictLines(verdict), exitCode: exitCodeOf(verdict) }));
