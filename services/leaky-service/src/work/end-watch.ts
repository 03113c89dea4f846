import { messageOf, placeInStack, stackOf } from './code-place.ts';
import { type LastWord, leaveWord } from './leave-word.ts';
import type { EndPlaces } from './watch-order.ts';

/**
 * Leaves word where the learner's code ends the process: by an exit of its own, or by what it throws where nobody catches, as in a
 * timer. Where that fails, the end itself is told by who watches from outside. Returns what ends the watch.
 */
export function watchEnd(folder: URL, places: EndPlaces): () => void {
  const leave = (how: LastWord['how'], message: string, stack: string, exitCode: number): void => {
    const place = placeInStack(stack, folder);
    if (place === undefined) return;
    const words = `${place.file}:${place.line} ended the process. ${message}`;
    leaveWord(places, { how, message, place: { ...place, function: null }, words, exitCode });
  };
  // Called from within process.exit(), so the one who called that is on the stack.
  const onExit = (code: number): void =>
    leave('exit', `process.exit(${code})`, new Error('exit').stack ?? '', code);
  const onUncaught = (error: unknown): void => leave('uncaught', messageOf(error), stackOf(error), 1);
  process.on('exit', onExit);
  process.on('uncaughtExceptionMonitor', onUncaught);
  return () => {
    process.off('exit', onExit);
    process.off('uncaughtExceptionMonitor', onUncaught);
  };
}
