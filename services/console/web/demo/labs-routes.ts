import type { Express, Request, Response } from 'express';
import { type DemoCourse, DemoRefusal } from './labs.ts';

/** The course's part of the API over the made-up course. */
export function courseRoutes(app: Express, course: DemoCourse): void {
  const answers = (work: (request: Request) => unknown) => (request: Request, response: Response) => {
    try {
      response.json(work(request));
    } catch (error) {
      if (!(error instanceof DemoRefusal)) throw error;
      const { status, code, message } = error;
      response.status(status).json({ error: { code, message, details: {} } });
    }
  };
  const post = (verb: string, work: (body: Request['body']) => unknown) =>
    app.post(
      `/api/course/${verb}`,
      answers(({ body }) => work(body)),
    );
  app.get(
    '/api/course',
    answers(() => course.course()),
  );
  app.get(
    '/api/course/labs/:id',
    answers(({ params }) => course.text(String(params['id']))),
  );
  post('start', ({ lab, instead }) => course.start(lab, instead === true));
  post('check', () => course.course());
  post('answer', ({ key, value }) => course.answer(key, value));
  post('hint', () => course.hint());
  post('traffic', ({ per_second }) => course.traffic(per_second));
  post('reset', ({ lab }) => course.reset(lab));
  post('solution', ({ lab, give_up }) => course.solution(lab, give_up === true));
}
