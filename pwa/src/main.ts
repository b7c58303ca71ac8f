import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './app.svelte.ts';
import { watchAway } from './away.ts';
import { watchInstall } from './install.svelte.ts';
import { preferences, takeLastUsed } from './preferences.svelte.ts';
import { startRouter } from './router.svelte.ts';
import { connect } from './store/connect.ts';
import { registerServiceWorker } from './update.svelte.ts';
import { loadCatalogue } from './words/catalogue.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

// Nothing of it may be awaited at the top: what is loaded lazily imports this very script, and would wait for it.
async function start(target: HTMLElement): Promise<void> {
  // The worker with the engine starts while the words arrive.
  const engine = connect();
  await takeLastUsed();
  startRouter();
  watchInstall();
  mount(App, { target });
  void loadCatalogue();
  await app.start(engine);
  watchAway({
    minutes: () => preferences.lockMinutes,
    isOpen: () => app.session !== null,
    lock: () => void app.lock(),
  });
  await registerServiceWorker();
}

void start(target);
