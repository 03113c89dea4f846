/** What this program is called in the errors that it answers with. */
export const program = 'service';
