import type { Route } from '@leak-lab/json-service';
import type { Request, Response } from 'express';
import * as v from 'valibot';
import { refusals } from '../errors.ts';
import { checkQuery } from '../http/query.ts';
import { heapProfileOf } from '../profile/formats/heapprofile.ts';
import { encodePprof } from '../profile/formats/pprof.ts';
import type { Recording } from '../profile/recording.ts';
import { sumSamples } from '../profile/v8-profile.ts';
import { describeStacks } from './allocation-json.ts';
import { type Profiler, requireProfiler } from './allocations.ts';

const longest_seconds = 300;
const usual_seconds = '30';

const formats = ['heapprofile', 'pprof'] as const;
const profileQuery = v.strictObject({ format: v.optional(v.picklist(formats)) });
const recordingQuery = v.strictObject({
  seconds: v.pipe(
    v.optional(v.string(), usual_seconds),
    v.check((text) => /^\d{1,9}$/.test(text), 'a whole number of seconds'),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(longest_seconds),
  ),
  format: v.optional(v.picklist(formats)),
});

const pprofType = 'application/x-protobuf';

/** Profiles for tools of others, and recordings of what is allocated. */
export function heapProfileRoutes(profiler: Profiler | undefined): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/heap/profile',
      refusals: refusals('profiler_off', 'recording_under_way'),
      summary:
        'What is alive, as a .heapprofile that Chrome DevTools opens; ?format=pprof, or Accept: application/x-protobuf, for go tool pprof.',
      query: profileQuery,
      handler: async (request, response) => {
        const { format } = checkQuery(profileQuery, request);
        const { live } = requireProfiler(profiler);
        if (!wantsPprof(request, format))
          return sendFile(response, 'heapprofile', JSON.stringify(live.readAsIs()));
        const { since, taken_at, stacks } = live.read();
        const duration_seconds = (taken_at.getTime() - since.getTime()) / 1000;
        const options = {
          kind: 'inuse',
          interval_bytes: live.interval_bytes,
          taken_at,
          duration_seconds,
        } as const;
        sendFile(response, 'pprof', await encodePprof(stacks.map(sumSamples), options));
      },
    },
    {
      method: 'get',
      path: '/admin/heap/allocations',
      refusals: refusals('profiler_off', 'recording_under_way'),
      summary: `What is allocated within ?seconds= (1 to ${longest_seconds}), alive or not, by line, file and stack; ?format=heapprofile or pprof for tools. What lives is sampled anew afterwards.`,
      query: recordingQuery,
      handler: async (request, response) => {
        const { seconds, format } = checkQuery(recordingQuery, request);
        const { live } = requireProfiler(profiler);
        const recording = await live.record(seconds, left(response));
        if (response.destroyed) return;
        if (wantsPprof(request, format)) {
          const options = {
            kind: 'alloc',
            interval_bytes: live.interval_bytes,
            taken_at: recording.began_at,
            duration_seconds: recording.seconds,
          } as const;
          sendFile(response, 'pprof', await encodePprof(recording.stacks, options));
        } else if (format === 'heapprofile') {
          sendFile(response, 'heapprofile', JSON.stringify(heapProfileOf(recording.stacks)));
        } else {
          response.json({
            timestamp: new Date().toISOString(),
            ...describeRecording(recording, live.interval_bytes),
          });
        }
      },
    },
  ];
}

function describeRecording({ began_at, seconds, stacks }: Recording, interval_bytes: number): object {
  return {
    began_at: began_at.toISOString(),
    seconds: Math.round(seconds * 100) / 100,
    interval_bytes,
    ...describeStacks(stacks),
  };
}

function wantsPprof(request: Request, format: (typeof formats)[number] | undefined): boolean {
  return format === 'pprof' || (format === undefined && request.headers.accept?.includes(pprofType) === true);
}

/** Aborted when whoever asked is gone before the answer. */
function left(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}

function sendFile(response: Response, format: (typeof formats)[number], body: string | Buffer): void {
  const at = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const [name, type] =
    format === 'pprof' ? [`heap-${at}.pb.gz`, pprofType] : [`heap-${at}.heapprofile`, 'application/json'];
  response.set('content-disposition', `attachment; filename="${name}"`).type(type).send(body);
}
