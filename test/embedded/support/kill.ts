/**
 * Kills a process of the lab at once. Throws where there is none: a pid of 0 would be everything that the tests were
 * started with.
 */
export function kill(what: string, program: { readonly pid: number } | undefined): void {
  if (program === undefined) throw new Error(`Expected a process of ${what}; there is none.`);
  process.kill(program.pid, 'SIGKILL');
}
