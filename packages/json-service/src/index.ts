export { type AnswerOptions, answerError, answerErrors, type ErrorLog, refuse } from './answers.ts';
export { bytesOfBody, checkBody, readFirstBody, readJson } from './body.ts';
export { checkEnvironment, namesFrom, portNumber } from './environment.ts';
export { type ErrorDetails, HttpError, toHttpError } from './errors.ts';
export { refuseForeignPages } from './foreign-pages.ts';
export { healthRoute } from './health.ts';
export { Program } from './program.ts';
export { addRoutes, type Route } from './routes.ts';
