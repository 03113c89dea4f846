/** A function on a stack. */
export interface ProfileFrame {
  readonly name: string;
  /** As the service has it: an absolute path, or a word for what is no file. */
  readonly file: string;
  /** Where the function begins, from 1; 0 where it has no line. */
  readonly line: number;
}

/** What is alive of what one stack allocated; of a difference it may be negative. */
export interface AliveStack {
  /** The one that allocated first. */
  readonly frames: readonly ProfileFrame[];
  readonly objects: number;
  readonly bytes: number;
}

/** What of it belongs to one function. */
export interface ProfileNode extends ProfileFrame {
  /** That it allocated itself. */
  readonly flat_bytes: number;
  /** With what the functions allocated that it called. */
  readonly whole_bytes: number;
}

const keyOfFrame = ({ name, file, line }: ProfileFrame): string => `${file}:${line}:${name}`;
const keyOfStack = ({ frames }: AliveStack): string => frames.map(keyOfFrame).join('\n');

export const bytesOfStacks = (stacks: readonly AliveStack[]): number =>
  stacks.reduce((sum, { bytes }) => sum + bytes, 0);

/** What is more of each stack than before, or less; stacks without a difference are left out. */
export function differenceOf(before: readonly AliveStack[], after: readonly AliveStack[]): AliveStack[] {
  const sums = new Map<string, AliveStack>();
  const add = (stack: AliveStack, sign: 1 | -1) => {
    const key = keyOfStack(stack);
    const known = sums.get(key) ?? { frames: stack.frames, objects: 0, bytes: 0 };
    sums.set(key, {
      frames: stack.frames,
      objects: known.objects + sign * stack.objects,
      bytes: known.bytes + sign * stack.bytes,
    });
  };
  for (const stack of after) add(stack, 1);
  for (const stack of before) add(stack, -1);
  return [...sums.values()].filter(({ bytes, objects }) => bytes !== 0 || objects !== 0);
}

/** Each function on the stacks, with what belongs to it; one that calls itself counts once. */
export function nodesOf(stacks: readonly AliveStack[]): ProfileNode[] {
  const nodes = new Map<string, ProfileNode>();
  for (const { frames, bytes } of stacks) {
    const [top] = frames;
    for (const [key, frame] of new Map(frames.map((one) => [keyOfFrame(one), one]))) {
      const known = nodes.get(key) ?? { ...frame, flat_bytes: 0, whole_bytes: 0 };
      const own = top !== undefined && keyOfFrame(top) === key ? bytes : 0;
      nodes.set(key, {
        ...known,
        flat_bytes: known.flat_bytes + own,
        whole_bytes: known.whole_bytes + bytes,
      });
    }
  }
  return [...nodes.values()];
}
