/** A table on its way in: the file, what its columns mean, what would become of its rows, and what became of them (A15–A18). */

import { tick } from 'svelte';
import type { ApiResult, Shape } from '../../app/api.ts';
import { sentenceOf } from '../../words/catalogue.svelte.ts';
import { language, words } from '../../words/index.svelte.ts';
import { officeRequest, sentenceFor } from './asking.ts';

export type ImportSort = 'clients' | 'people';
type ImportStep = 'file' | 'columns' | 'preview' | 'running' | 'report';
type BringReply = Shape['BringReply'];

/** As the server has it: what is larger is told before it is sent. */
const FILE_BYTES_MAX = 4 * 2 ** 20;

export class Importing {
  sort = $state<ImportSort>('clients');
  step = $state<ImportStep>('file');
  busy = $state(false);
  problem = $state<string | null>(null);
  looked = $state.raw<Shape['LookReply'] | null>(null);
  /** each column, and what it stands for or nothing */
  columns = $state<{ head: string; examples: string[]; target: string }[]>([]);
  tried = $state.raw<Shape['TryReply'] | null>(null);
  ofFaulty = $state<'leave_out' | 'refuse'>('leave_out');
  brought = $state.raw<Shape['RowReply'][]>([]);
  invited = $state.raw<Shape['InvitedReply'][]>([]);
  made = $state(0);
  #content = '';
  #after: number | null = 0;

  /** What the chosen columns lack, in words; null where they can be tried. */
  readonly fault = $derived.by(() => {
    const targets = this.looked?.targets ?? [];
    const twice = targets.find(
      ({ key }) => this.columns.filter(({ target }) => target === key).length > 1,
    );
    if (twice) return words.importing.twice(twice.label);
    const lacking = targets.filter(
      ({ key, required }) => required && !this.columns.some(({ target }) => target === key),
    );
    return lacking.length > 0
      ? words.importing.lacking(lacking.map(({ label }) => label).join(', '))
      : null;
  });

  /** A step is like a screen of its own: its heading takes the focus. */
  goTo(step: ImportStep): void {
    if (step === this.step) return;
    this.step = step;
    void tick().then(() => {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>('[data-pane="current"] h1')?.focus();
    });
  }

  async take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > FILE_BYTES_MAX) {
      this.problem = sentenceOf({ code: 'import_too_large' });
      return;
    }
    this.#content = await base64Of(file);
    const told = await this.#asked<Shape['LookReply']>('/columns', 'columns');
    if (told === null) return;
    this.looked = told;
    this.columns = told.columns.map((one) => ({ ...one, target: one.target ?? '' }));
    this.goTo('columns');
  }

  async tryOut(): Promise<void> {
    this.problem = this.fault;
    if (this.problem !== null) return;
    const told = await this.#asked<Shape['TryReply']>('/preview', 'faulty');
    if (told === null) return;
    this.tried = told;
    this.ofFaulty = 'leave_out';
    this.goTo('preview');
  }

  /** All rows, however many requests that takes; where one fails the next begins where it stopped. */
  async bring(): Promise<void> {
    this.goTo('running');
    while (this.#after !== null) {
      const more = { after: this.#after, leave_out: this.ofFaulty === 'leave_out' };
      const told: BringReply | null = await this.#asked<BringReply>('', 'made', more);
      if (told === null) return;
      this.made += told.made;
      this.brought = [...this.brought, ...told.rows];
      this.invited = [...this.invited, ...told.invited];
      this.#after = told.after;
    }
    this.goTo('report');
  }

  /** Another file, or the same one mended. */
  again(): void {
    this.goTo('file');
    this.problem = null;
    this.looked = this.tried = null;
    this.#content = '';
    this.#after = 0;
    this.made = 0;
    this.brought = this.invited = [];
  }

  async #asked<T>(step: string, proof: keyof T & string, more = {}): Promise<T | null> {
    this.busy = true;
    this.problem = null;
    const columns = this.columns.flatMap(({ target }, column) =>
      target ? [{ column, target }] : [],
    );
    const body = {
      file: this.#content,
      language: language(),
      ...(step === '/columns' ? {} : { columns }),
      ...more,
    };
    const path = `/import/${this.sort}${step}`;
    const answer: ApiResult<T> = await officeRequest<T>('POST', path, proof, body);
    this.busy = false;
    const failed = 'failed' in answer ? answer.failed : null;
    if (failed !== null)
      this.problem = failed === 'no_connection' ? sentenceOf(failed) : sentenceFor(failed);
    return 'ok' in answer ? answer.ok : null;
  }
}

/** The file as it is; what stands before the comma of its address names its sort. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '');
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('unread'));
    };
    reader.readAsDataURL(file);
  });
}
