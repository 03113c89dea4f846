import { bytesOf } from './quantities.ts';

/** Memory before any request, after one, and after ten more; bytes, garbage collected where the server allows it. */
export interface QuickReadings {
  readonly before_bytes: number;
  readonly afterOne_bytes: number;
  readonly afterTenMore_bytes: number;
}

export interface QuickTest {
  readonly finding: 'grows with each request' | 'does not grow' | 'cannot be told';
  readonly first_bytes: number;
  readonly tenMore_bytes: number;
  readonly sentence: string;
}

/** Ten requests keep ten times what one keeps; by half of that more or less it is the same. */
const [least, most] = [5, 20];
/** Growth by ten requests below this is what any server does: of one that keeps nothing up to 6 KB were read. */
const noise_bytes = 10_240;

/**
 * The Fluent Bit guide's quick test: one request, then ten more, and whether they grow memory ten times as much as the first.
 * It finds leaks of 1 KB a request and more, and says nothing of smaller ones.
 */
export function quickTest({ before_bytes, afterOne_bytes, afterTenMore_bytes }: QuickReadings): QuickTest {
  const [first_bytes, tenMore_bytes] = [afterOne_bytes - before_bytes, afterTenMore_bytes - afterOne_bytes];
  const finding = findingOf(first_bytes, tenMore_bytes);
  const so = `The first request grew memory by ${bytesOf(first_bytes)}, ten more by ${bytesOf(tenMore_bytes)}`;
  return { finding, first_bytes, tenMore_bytes, sentence: `${so}: ${words[finding]}.` };
}

function findingOf(first: number, tenMore: number): QuickTest['finding'] {
  if (tenMore < noise_bytes) return 'does not grow';
  if (first <= 0) return 'cannot be told';
  const times = tenMore / first;
  if (times >= least && times <= most) return 'grows with each request';
  // The first request of a server loads and compiles: that it took more says nothing of the ten.
  return times < 1 && tenMore < 2 * noise_bytes ? 'does not grow' : 'cannot be told';
}

const words: Readonly<Record<QuickTest['finding'], string>> = {
  'grows with each request':
    'some ten times as much, so each request keeps its part. Prove it with the whole run',
  'does not grow': 'less than 1 KB for each, so it does not grow as far as eleven requests can tell',
  'cannot be told':
    'neither none nor ten times as much. Run it again on a server that is warm, or the whole run',
};
