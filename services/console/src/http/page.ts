import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

/** Where the page is built to. */
export const pageDirectory = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** On every answer: nothing from elsewhere is loaded, nothing inline runs, nobody frames the page. */
export const safeHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy':
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
};

const year = 'public, max-age=31536000, immutable';

/** The page's files, as they are built. */
export function servePage(directory: string): RequestHandler {
  return express.static(directory, {
    index: 'index.html',
    redirect: false,
    setHeaders: (response, path) => {
      const isAsset = path.startsWith(join(directory, 'assets'));
      response.setHeader('cache-control', isAsset ? year : 'no-cache');
    },
  });
}

/** What is said where the page should be and is not. */
export function tellUnbuilt(directory: string): RequestHandler {
  return (request, response, next) => {
    if (request.path !== '/' || existsSync(join(directory, 'index.html'))) return next();
    response
      .status(503)
      .type('text/plain')
      .send(
        'The page is not built yet. Build it: node services/console/web/build.ts\nThe API answers: /api/now\n',
      );
  };
}
