import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ServiceError } from '../errors.ts';
import type { Feature, FeatureOptions } from '../features/feature.ts';
import { type CodePlace, messageOf, placeInStack, stackOf, takeOf } from './code-place.ts';
import { placeOfImport, placeOfSyntaxError } from './syntax-place.ts';

/** Why code does not load. */
export type LoadFailure = 'missing' | 'parse' | 'import' | 'throws' | 'never_loads' | 'no_class';

/** A file of the learner's, and the class that it must export. */
export interface WorkFile {
  /** Its name in the folder of the learner's copies. */
  readonly file: string;
  readonly className: string;
}

/** A file is named after the class in it: `ResponseCache` is in `response-cache.ts`. */
export const fileOf = (className: string): string =>
  `${className.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.ts`;

type FeatureClass = new (options: FeatureOptions) => Feature;

const methods = ['handle', 'entries', 'bytes', 'clear'] as const;
/** A file that waits for something before it is loaded gets this long. */
const patience_ms = 5_000;
let takes = 0;

/**
 * The class in a file of `folder`, as the file is now. Rejects with `code_does_not_load`, which says where and why; code at the top
 * of the file has run then, as far as it came.
 */
export async function loadClass({ file, className }: WorkFile, folder: URL): Promise<FeatureClass> {
  const url = new URL(file, folder);
  if (!existsSync(url)) {
    throw doesNotLoad(
      'missing',
      { file },
      'expected a copy of the service’s file there; ./lab start 05 makes it',
    );
  }
  takes += 1;
  const loaded = await inTime(import(url.href + takeOf(takes)), file).catch(async (error: unknown) => {
    throw error instanceof ServiceError ? error : await failureOf(error, file, folder);
  });
  const found = (loaded as Record<string, unknown>)[className];
  if (typeof found !== 'function') {
    throw doesNotLoad(
      'no_class',
      { file },
      `expected "export class ${className}", by which the service knows it`,
    );
  }
  const missing = methods.filter((name) => typeof found.prototype?.[name] !== 'function');
  if (missing.length > 0) {
    throw doesNotLoad('no_class', { file }, `expected ${className} to have ${missing.join('(), ')}()`);
  }
  return found as FeatureClass;
}

/** Makes the feature of the learner's class. Throws `code_does_not_load` where its constructor throws. */
export function makeFeature(made: FeatureClass, options: FeatureOptions, file: string, folder: URL): Feature {
  try {
    return new made(options);
  } catch (error) {
    throw doesNotLoad('throws', placeInStack(stackOf(error), folder) ?? { file }, messageOf(error));
  }
}

/** What `loading` gives, unless that takes too long. */
async function inTime<Loaded>(loading: Promise<Loaded>, file: string): Promise<Loaded> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const words = `it waits at its top for something that did not come within ${patience_ms / 1_000} s`;
    reject(doesNotLoad('never_loads', { file }, words));
  }, patience_ms);
  return Promise.race([loading, promise]).finally(() => clearTimeout(timer));
}

async function failureOf(error: unknown, file: string, folder: URL): Promise<ServiceError> {
  const path = fileURLToPath(new URL(file, folder));
  const { code = '' } = error as { code?: string };
  const message = error instanceof Error ? error.message : String(error);
  if (/MODULE_NOT_FOUND|PATH_NOT_EXPORTED|UNSUPPORTED_DIR/.test(code)) {
    return doesNotLoad('import', placeOfImport(file, path, message) ?? { file }, message);
  }
  const told = placeInStack(stackOf(error), folder);
  if (!(error instanceof SyntaxError)) return doesNotLoad('throws', told ?? { file }, messageOf(error));
  if (/does not provide an export|ambiguous/.test(message)) {
    return doesNotLoad('import', told ?? { file }, message);
  }
  const place = told ?? (await placeOfSyntaxError(file, { path, message }));
  return doesNotLoad('parse', place ?? { file }, message);
}

function doesNotLoad(
  kind: LoadFailure,
  place: { readonly file: string } & Partial<CodePlace>,
  reason: string,
): ServiceError {
  const { file, line = null, column = null } = place;
  const where = line === null ? file : `${file}:${line}${column === null ? '' : `:${column}`}`;
  return new ServiceError(
    'code_does_not_load',
    `${where} cannot be loaded: ${reason}. The service runs on with what it had.`,
    { file, line, column, kind, reason },
  );
}
