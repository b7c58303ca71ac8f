/** A password that is asked for once more, and the code of a second factor (J11) once the server wants one. */

import { apiCommand, type Failed } from '../../app/api.ts';
import { words } from '../../words/index.svelte.ts';

export class PasswordAsked {
  password = $state('');
  error = $state<string | undefined>();
  /** null until the server says that this person has a second factor */
  code = $state<string | null>(null);
  codeError = $state<string | undefined>();

  /** Whether everything was typed that `byServer` needs; what is missing is told at its field. */
  isTyped(byServer = true): boolean {
    this.error = this.password === '' ? words.session.passwordMissing : undefined;
    this.codeError = byServer && this.code === '' ? words.secondFactor.codeMissing : undefined;
    return this.error === undefined && this.codeError === undefined;
  }

  /** Gives it to the server. Null once taken; 'told' where a field says why it was not. */
  async give(): Promise<Failed | 'told' | null> {
    const failed = await apiCommand('POST', '/api/session/confirm', {
      password: this.password,
      ...(this.code !== null && { code: this.code.trim() }),
    });
    return failed !== null && this.#isTold(failed) ? 'told' : failed;
  }

  forget(): void {
    this.password = '';
    this.code = null;
    this.error = this.codeError = undefined;
  }

  #isTold(failed: Failed): boolean {
    const problem = failed === 'no_connection' ? '' : failed.code;
    if (problem === 'sign_in_failed') this.error = words.session.wrong;
    else if (problem === 'second_factor_needed') this.code = '';
    else if (problem === 'second_factor_wrong') this.codeError = words.secondFactor.wrong;
    else return false;
    return true;
  }
}
