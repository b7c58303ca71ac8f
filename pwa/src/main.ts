import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './app/app.svelte.ts';
import { watchAway } from './platform/away.ts';
import { watchInstall } from './platform/install.svelte.ts';
import { preferences, takeLastUsed } from './app/preferences.svelte.ts';
import { paths } from './app/paths.ts';
import { router, startRouter } from './app/router.svelte.ts';
import { connect } from './engine/connect.ts';
import type { Engine } from './model/engine.ts';
import { registerServiceWorker } from './app/update.svelte.ts';
import { followLabels } from './words/catalogue.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

// Nothing of it may be awaited at the top: what is loaded lazily imports this very script, and would wait for it.
async function start(target: HTMLElement): Promise<void> {
  // The worker with the engine starts while the words arrive.
  const engine = connected();
  await takeLastUsed();
  startRouter();
  if (router.place.path === paths.signIn) app.signIn('returned');
  watchInstall();
  mount(App, { target });
  followLabels();
  if (engine === null) {
    app.halted = 'no_storage';
    return;
  }
  await app.start(engine);
  if (app.halted !== null) return;
  watchAway({
    minutes: () => preferences.awayMinutes,
    isOpen: () => app.session !== null,
    lock: () => void app.lock(),
  });
  await registerServiceWorker();
}

/** Null where the browser lets no worker start, as some do that let a site keep nothing. */
function connected(): Engine | null {
  try {
    return connect();
  } catch (error) {
    console.error(error);
    return null;
  }
}

void start(target);
