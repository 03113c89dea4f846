/** What `heapdiff --help` prints. */
export const helpText = `Usage: heapdiff [options] BEFORE AFTER [LATER …]
       heapdiff summary [options] FILE

What grew between V8 heap snapshots of one process, how much it holds, and what holds it.
Files may be plain, gzip or zstd. With three or more, objects absent in the first, present in the
second and alive in the last are told apart, and how each class went from file to file.

Options:
  --top N          show the N classes that grew most (default 20; with --json: all)
  --class NAME     one class: its objects and what holds them
  --filter TEXT    only classes whose name contains TEXT
  --no-retained    counts and own sizes only: no paths, no retained sizes; the fastest, as edges
                   are neither read nor checked
  --no-shapes      do not tell plain objects apart by their properties
  --fail-on RULE   exit 1 when a class grew beyond a limit, in objects ('RequestRecord > 100') or in
                   bytes ('Session > 5 MB'); '*' is any class; may be given several times
  --json           for programs (schema: heapdiff.schema.json in this package)
  --markdown       for a comment on a pull request
  --html           one page, nothing loaded from elsewhere
  --help, --version

Exit status: 0 done, 1 a rule of --fail-on is broken, 2 bad input or usage.

Examples:
  What grew between two snapshots:
    heapdiff before.heapsnapshot after.heapsnapshot
  What holds the objects of one class, as a page:
    heapdiff --class RequestRecord --html before.heapsnapshot after.heapsnapshot > report.html
  A leak test for CI:
    heapdiff --no-retained --fail-on 'RequestRecord > 100' before.heapsnapshot after.heapsnapshot
`;
