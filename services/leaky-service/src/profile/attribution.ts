import type { Frame } from './v8-profile.ts';

/** Which code a sample belongs to. */
export interface Place {
  /** `features/response-cache.ts:41 handle`, or `(outside) express`. */
  readonly location: string;
  /** Relative to the project's folder; `(outside) express` for a package. */
  readonly file: string;
  /** Where the function begins, from 1; 0 outside. */
  readonly line: number;
  readonly function: string;
}

export interface Project {
  /** URL of the folder of the project's own code, with a slash at its end. */
  readonly folder: string;
  /** Folders in it, with a slash, of the code that measures: it is not what is measured. */
  readonly measuring: readonly string[];
  /** Folders in it of code that makes values for whoever asks: what stays of them is the asking code's doing. */
  readonly makers: readonly string[];
  /** Names a file outside of the folder that is the project's own code all the same, by its URL. */
  readonly elsewhere?: (url: string) => string | undefined;
}

/**
 * The nearest function of the project's own code that is not a maker of values. Where there is none on the stack, a maker;
 * where there is none of the project at all, the nearest package.
 */
export function placeOf(frames: readonly Frame[], project: Project): Place {
  let maker: Place | undefined;
  for (const frame of frames) {
    const file = fileOf(frame, project);
    if (file === undefined) continue;
    const isIn = (folder: string) => file.startsWith(folder);
    if (project.measuring.some(isIn)) return outside('the profiler');
    const place = placeIn(file, frame);
    if (!project.makers.some(isIn)) return place;
    maker ??= place;
  }
  return maker ?? outside(packageOf(frames));
}

/** How a frame is written in a stack: as a location of the project where it is its code, else by its package. */
export function describeFrame(frame: Frame, project: Project): string {
  const file = fileOf(frame, project);
  if (file !== undefined) return placeIn(file, frame).location;
  const where =
    frame.url === '' ? '(V8)' : frame.url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\//, '');
  return `${where}${frame.line > 0 ? `:${frame.line}` : ''} ${nameOf(frame)}`;
}

/** The file of the project that a frame is in; none where it is others' code. */
const fileOf = ({ url }: Frame, { folder, elsewhere }: Project): string | undefined =>
  url.startsWith(folder) ? url.slice(folder.length) : elsewhere?.(url);

function placeIn(file: string, frame: Frame): Place {
  const name = nameOf(frame);
  return { location: `${file}:${frame.line} ${name}`, file, line: frame.line, function: name };
}

const nameOf = ({ name }: Frame): string => name || '(anonymous)';

function outside(name: string): Place {
  const location = `(outside) ${name}`;
  return { location, file: location, line: 0, function: '' };
}

/** The nearest package of others; Node itself, or V8, where no package is on the stack. */
function packageOf(frames: readonly Frame[]): string {
  for (const { url } of frames) {
    const [, name] =
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? /\/(packages\/[^/]+)\//.exec(url) ?? [];
    if (name) return name;
  }
  return frames.some(({ url }) => url !== '') ? 'node' : 'V8';
}
