/** Runs as a thread of its own beside a process that runs the learner's code: see StuckWatch. Elsewhere it does nothing. */
import { writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { isMainThread, workerData } from 'node:worker_threads';
import { withoutTake } from './code-place.ts';
import { leaveWord, type StuckPlace } from './leave-word.ts';
import { stuckExitCode, type WatchOrder } from './watch-order.ts';

const look_ms = 250;
/** V8 gets this long to stop the other thread; it cannot where that waits in the system. */
const stop_ms = 5_000;

if (!isMainThread && (workerData as WatchOrder | null)?.kind === 'stuck-watch')
  watch(workerData as WatchOrder);

function watch(order: WatchOrder): void {
  const { patience_ms } = order;
  const state = new Int32Array(order.shared);
  let beats = 0;
  let lastLook_ms = performance.now();
  let since_ms = lastLook_ms;
  let isLooking = false;
  setInterval(() => {
    const now_ms = performance.now();
    // Where this thread did not come to its turn either, the machine stood still.
    const wasHeldUp = now_ms - lastLook_ms > 4 * look_ms;
    lastLook_ms = now_ms;
    if (state[0] !== beats || wasHeldUp) {
      beats = state[0] ?? 0;
      since_ms = now_ms;
    } else if (!isLooking && now_ms - since_ms > patience_ms) {
      isLooking = true;
      lookInside(order, state, () => {
        isLooking = false;
        since_ms = performance.now();
      });
    }
  }, look_ms);
}

/** Stops the main thread to see where it is: in the learner's code, then the process ends here, else `goOn` is called. */
function lookInside(order: WatchOrder, state: Int32Array, goOn: () => void): void {
  const scripts = new Map<string, string>();
  const session = new Session();
  session.connectToMainThread();
  const letGo = (): void => {
    clearTimeout(unheard);
    session.disconnect();
    goOn();
  };
  const unheard = setTimeout(() => {
    if (state[1] !== 1) return letGo();
    say(order, 'It waits in a call that does not return.', undefined, 137);
    process.kill(process.pid, 'SIGKILL');
  }, stop_ms);
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const urlOf = ({ location }: Debugger.CallFrame): string => scripts.get(location.scriptId) ?? '';
    const frame = callFrames.find((one) => urlOf(one).startsWith(order.folder));
    const [top] = callFrames;
    if (frame === undefined || top === undefined) return letGo();
    clearTimeout(unheard);
    const place = placeOf(frame, urlOf(frame).slice(order.folder.length));
    say(order, `It did not return for ${order.patience_ms / 1_000} s.`, place, stuckExitCode);
    // Not process.exit(): what listens to that would take it for the learner's own.
    const expression = `process.reallyExit(${stuckExitCode})`;
    session.post('Debugger.evaluateOnCallFrame', { callFrameId: top.callFrameId, expression });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), stop_ms);
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

function placeOf({ location, functionName }: Debugger.CallFrame, file: string): StuckPlace {
  return {
    file: decodeURIComponent(withoutTake(file)),
    line: location.lineNumber + 1,
    column: location.columnNumber === undefined ? null : location.columnNumber + 1,
    function: functionName || null,
  };
}

function say(order: WatchOrder, message: string, place: StuckPlace | undefined, exitCode: number): void {
  const where = place === undefined ? 'The learner’s code' : `${place.file}:${place.line}`;
  const words = `${where} holds the process up, which ends by it. ${message}`;
  writeSync(2, `leaky-service: ${words}\n`);
  const failed = leaveWord(order, {
    how: 'stuck',
    message,
    place,
    words,
    exitCode,
    started_at: order.started_at,
  });
  if (failed !== undefined) writeSync(2, `leaky-service: no note is left of that: ${failed}\n`);
}
