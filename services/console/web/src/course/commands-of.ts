/** The commands of a block without the words behind `#`: not every shell leaves those out when they are typed. */
export function commandsOf(block: string): string {
  return block
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#(\s.*)?$/, ''))
    .filter((line) => line.trim() !== '')
    .join('\n');
}
