/**
 * What is done once another provider has sent back (J15, J21). The store that is here is opened as ever, and the sign-in goes
 * on by itself then; who has none yet chooses a password for this device. In a tab beside the one that waits for a
 * confirmation the store is open already, and the ticket confirms (J19).
 */

import { untrack } from 'svelte';
import { apiCommand, type Failed } from '../../app/api.ts';
import { app } from '../../app/app.svelte.ts';
import { paths } from '../../app/paths.ts';
import { go, router } from '../../app/router.svelte.ts';
import { showToast } from '../../app/toast.svelte.ts';
import type { SignIn } from '../../model/engine.ts';
import { words } from '../../words/index.svelte.ts';
import { ticketFor } from './providers.ts';

class ReturnedPerson {
  /** whose account it is, as soon as the server has said so */
  name = $state<string | null>(null);
  failed = $state.raw<Failed | null>(null);
  busy = $state(true);
  needsPassword = $state(false);
  asksCode = $state(false);
  /** the store that is here has to open before the sign-in goes on */
  waits = $state(false);
  #ticket = '';
  #password = '';
  #stop: (() => void) | null = null;

  async take(): Promise<void> {
    const { query } = router.place;
    // The code leaves the address at once, and the history with it.
    go(paths.today, true);
    if (!query.has('state')) {
      this.#leave();
      return;
    }
    Object.assign(this, {
      name: null,
      failed: null,
      busy: true,
      needsPassword: false,
      asksCode: false,
    });
    this.#password = '';
    const answer = query.has('code')
      ? await ticketFor(query)
      : { failed: { code: 'provider_refused' } };
    if ('failed' in answer) {
      this.failed = answer.failed;
      this.busy = false;
      return;
    }
    ({ ticket: this.#ticket, name: this.name } = answer.ok);
    await this.goOn();
  }

  async goOn(password = this.#password, code?: string): Promise<void> {
    const { name } = this;
    if (name === null) return;
    this.busy = true;
    this.#password = password;
    const result = await this.#tried(name, code).finally(() => (this.busy = false));
    if (result === 'confirmed') {
      this.#leave();
      showToast(words.provider.confirmed);
    } else if (result.ok) {
      this.#leave();
      await app.opened(result.session);
      await app.engine.setPreference('signInName', name).catch(console.error);
    } else if ('problem' in result) this.#refuse(result.problem);
    else if (result.profile === undefined) this.needsPassword = true;
    else if (app.session) this.#refuse({ code: 'provider_refused' });
    else this.#waitForStore();
  }

  async #tried(name: string, code?: string): Promise<SignIn | 'confirmed'> {
    if (app.session) {
      const given = { ticket: this.#ticket, ...(code !== undefined && { code }) };
      const failed = await apiCommand('POST', '/api/session/providers/confirm', given);
      if (failed === null) return 'confirmed';
      if (!isOver(failed)) return { ok: false, problem: failed };
    }
    return app.engine.signIn(name, this.#password, undefined, undefined, code, this.#ticket);
  }

  #refuse(problem: Failed): void {
    this.asksCode = isOfCode(problem);
    const isAsked = problem !== 'no_connection' && problem.code === 'second_factor_needed';
    this.failed = isAsked ? null : problem;
    app.signIn('returned');
  }

  /** The lock stands there, with every way in that it has. */
  #waitForStore(): void {
    app.cancelSignIn();
    this.waits = true;
    showToast(words.provider.openStore);
    this.#stop ??= $effect.root(() => {
      $effect(() => {
        if (app.session) untrack(() => void this.#opened());
      });
    });
  }

  /** Nobody opens it any more: its person gave it up, and chooses a password for a new one. */
  async storeIsGone(): Promise<void> {
    if (!this.waits) return;
    app.signIn('returned');
    await this.#opened();
  }

  async #opened(): Promise<void> {
    this.#stop?.();
    this.#stop = null;
    this.waits = false;
    await this.goOn();
  }

  #leave(): void {
    this.name = null;
    this.#password = this.#ticket = '';
    app.cancelSignIn();
  }
}

/** The session of the open store has ended: the ticket begins another. Whatever else was refused is told. */
function isOver(failed: Failed): boolean {
  return (
    failed !== 'no_connection' &&
    ['sign_in_needed', 'session_ended_for_safety'].includes(failed.code)
  );
}

function isOfCode(failed: Failed): boolean {
  return (
    failed !== 'no_connection' &&
    failed.code.startsWith('second_factor_') &&
    failed.code !== 'second_factor_set_up_needed'
  );
}

export const returned = new ReturnedPerson();
