/** A command line that cannot be understood; its message says what was expected and what came. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
