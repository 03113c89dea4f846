import { accessSync, constants } from 'node:fs';
import { LabError, reasonOf } from '../lab-error.ts';

/** Does what writes in a folder of the lab; where the file system refuses, a `LabError` says whose the folder has to be. */
export function writing<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new LabError({
      problem: `${folder} cannot be written to.`,
      expected: 'a folder of yours: the lab keeps there what it has to know, and the files that you mend',
      came: reasonOf(error),
      advice: `sudo chown -R "$(id -u)" ${folder}, or a clone of your own; then once more`,
    });
  }
}

/** Throws a `LabError` where nothing can be put into a folder. */
export const checkWritable = (folder: string): void =>
  writing(folder, () => accessSync(folder, constants.W_OK | constants.X_OK));
