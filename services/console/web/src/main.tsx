import { render } from 'preact';
import { App } from './app.tsx';
import { startSession } from './state/session.ts';

const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no element #page to draw into');
render(<App />, page);
startSession();
