import { Api } from './api.js';
import { EventStream } from './stream.js';
import { Live } from './live.js';
import { Router } from './router.js';
import './app.js';

// All wiring is here: each part gets what it needs and nothing is looked up elsewhere.
const api = new Api();
const live = new Live(api, new EventStream(api.eventsUrl));
const app = document.createElement('inn-app');
Object.assign(app, { api, live, router: new Router() });
document.body.append(app);
live.start();
