import { it } from 'vitest';
import { doLabOnDocker } from '../course/labs/support/author-check.ts';

it.each(['02', '08'])('lab %s is done on Docker as its text is printed', (id) => doLabOnDocker(id));
