const fence = '```';

/** A text with all that a lab's may have, for looking at how it is drawn. */
export const demoText = `# Demonstration

> Memory of orders-api went past 60 % and keeps going. Traffic is flat at 100 requests a second. It was restarted
> twice last night. Is this a leak, or do we just need a bigger box?

You will see memory climb, take two readings of it, and say what one request leaves behind. Nothing here is
measured: this is a text for looking at the page.

## What you will learn

- to tell what is **held** from what is garbage not yet collected,
- to count in requests, not in minutes,
- when a process reaches its limit, before it does.

## 1. Look

${fence}sh docker
./lab up --docker
${fence}
${fence}sh embedded
./lab up
${fence}
${fence}
The service is there.
${fence}

Start with what the process says of itself. The number to read is \`heap_used_after_gc_bytes\`.

${fence}sh
curl -s -X POST localhost:8080/admin/gc      # collect now: what stays is held
curl -s localhost:8080/admin/sample
${fence}
${fence}
{"time":"2026-11-22T01:02:03.004Z","heap_used_bytes":81234567,"heap_used_after_gc_bytes":80123456,"requests":{"total":12345}}
${fence}

## 2. Count

| reading | heap after a collection | requests |
|---|---:|---:|
| the first | 41.2 MB | 4,210 |
| the second, half a minute later | 73.4 MB | 6,270 |

Divide the difference of the one by the difference of the other. Of what is left:

1. Does it stay when the load is gone? Hold the customers off and collect.
2. Does the next equal load leave as much? [Lab 01](../01-flat-line/README.md) says what noise looks like.

> A cache that fills looks the same at first. Give it time.

### Further reading

[Memory management](https://nodejs.org/en/learn/diagnostics/memory) in Node's own words.
`;

export const demoSolution = `# Solution

A response is kept for each request, under a key that never comes again:

${fence}ts
this.#responses.set(request.id, response); // grows by one with each request, and nothing ever leaves it
${fence}

A bound and a time to live end it.
`;
