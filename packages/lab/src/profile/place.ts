import { root } from '../settings.ts';
import type { ProfileFrame } from './profile.ts';

const ownFolder = 'services/leaky-service/src/';
const workFolder = '.lab/work/';
const packages = 'node_modules/';

/** The path of a function's file as the service's other readings have it; whether it is the service's own. */
export function placeOf({ file, line }: ProfileFrame): { readonly place: string; readonly isOwn: boolean } {
  const at = (path: string) => (line > 0 ? `${path}:${line}` : path);
  const after = (folder: string) => file.slice(file.indexOf(folder) + folder.length);
  if (file.includes(packages)) return { place: at(after(packages)), isOwn: false };
  if (file.includes(ownFolder)) return { place: at(after(ownFolder)), isOwn: true };
  if (file.includes(workFolder)) return { place: at(`${workFolder}${after(workFolder)}`), isOwn: true };
  return { place: at(file.replace(`${root}/`, '')), isOwn: false };
}
