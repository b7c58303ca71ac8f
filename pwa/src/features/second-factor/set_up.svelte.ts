/** Setting up a second factor: an app is offered a secret, its first right code makes it hold, and recovery codes follow once. */

import { apiRequest, type Failed, type Shape } from '../../app/api.ts';
import { sentenceOf } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { withPassword } from '../confirm/confirm_password.ts';

export const BASE = '/api/second-factor';

export class SecondFactorSetUp {
  offer = $state.raw<Shape['SecondFactorOffer'] | null>(null);
  /** told once, and forgotten with what shows them */
  codes = $state.raw<string[] | null>(null);
  code = $state('');
  busy = $state(false);
  /** why nothing was begun, or made */
  problem = $state<string | null>(null);
  /** what is wrong with the code */
  error = $state<string | undefined>();

  async begin(): Promise<boolean> {
    this.forget();
    const answer = await this.#ask(() =>
      apiRequest<Shape['SecondFactorOffer']>('POST', BASE, 'secret'),
    );
    if (answer !== null) this.offer = answer;
    return answer !== null;
  }

  async confirm(): Promise<void> {
    const code = this.code.trim();
    this.error = code === '' ? words.secondFactor.codeMissing : undefined;
    if (this.error !== undefined || this.busy) return;
    const made = await this.#ask(() =>
      apiRequest<Shape['RecoveryCodes']>('POST', `${BASE}/confirm`, 'recovery_codes', { code }),
    );
    if (made === null) return;
    this.codes = made.recovery_codes;
    this.offer = null;
  }

  async makeCodes(): Promise<boolean> {
    this.forget();
    const path = `${BASE}/recovery-codes`;
    const made = await this.#ask(() =>
      apiRequest<Shape['RecoveryCodes']>('POST', path, 'recovery_codes'),
    );
    if (made !== null) this.codes = made.recovery_codes;
    return made !== null;
  }

  forget(): void {
    this.offer = this.codes = this.problem = null;
    this.error = undefined;
    this.code = '';
  }

  async #ask<T>(ask: Parameters<typeof withPassword<T>>[0]): Promise<T | null> {
    this.busy = true;
    this.problem = null;
    const answer = await withPassword(ask).finally(() => (this.busy = false));
    if ('ok' in answer) return answer.ok;
    const { failed } = answer;
    if (failed !== 'no_connection' && failed.code === 'second_factor_wrong') {
      this.error = words.secondFactor.wrong;
    } else if (!isLeft(failed)) this.problem = whyNot(failed);
    return null;
  }
}

/** The password was asked for, and not given: nothing is to be told. */
export function isLeft(failed: Failed): boolean {
  return failed !== 'no_connection' && failed.code === 'confirm_password';
}

export function whyNot(failed: Failed): string {
  return failed === 'no_connection' ? words.secondFactor.changeNeedsNetwork : sentenceOf(failed);
}
