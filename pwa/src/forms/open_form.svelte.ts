/**
 * A form on the screen: what it holds, what it showed when it was opened, its draft, and what has come since. Opening a form
 * again brings back its draft with the `seen` of the first opening (R9).
 */

import { app } from '../app.svelte.ts';
import type { Draft, Edit, Json, RecordView } from '../store/engine.ts';
import { autosaveOf } from './autosave.ts';
import { newerValues, withKept, withTaken, type NewerValue, type Opened } from './opened.ts';

interface Begun<Input> {
  input: Input;
  opened: Opened;
}

export interface FormAbout<Input> {
  /** what it is about, e.g. `visit:<record id>`: one draft for each */
  form: string;
  case: string;
  /** the form as it is prefilled from records */
  begin: (records: RecordView[]) => Begun<Input>;
  /** the paths on the screen, of which newer values are told */
  shows: (record: RecordView, path: string) => boolean;
  /** the form after its person took a newer value */
  take: (input: Input, fresh: Input, path: string) => Input;
}

export class OpenForm<Input extends object> {
  readonly #about: FormAbout<Input>;
  readonly #autosave;
  #closed: (() => void) | null = null;
  input: Input = $state() as Input;
  opened: Opened = $state.raw({ values: {}, seen: {} });
  records: RecordView[] = $state.raw([]);
  /** when the draft that was opened again was last typed in; milliseconds */
  draftFrom: number | null = $state(null);
  readonly newer: NewerValue[] = $derived.by(() =>
    newerValues(this.opened, this.records, this.#about.shows),
  );

  constructor(about: FormAbout<Input>, records: RecordView[], draft: Draft | undefined) {
    this.#about = about;
    this.records = records;
    this.#begin(draft ? (draft.values as unknown as Begun<Input>) : about.begin(records));
    this.draftFrom = draft?.savedAt ?? null;
    this.#autosave = autosaveOf(app.engine, about, () => ({
      values: $state.snapshot({ input: this.input, opened: this.opened }) as unknown as Json,
      seen: this.opened.seen,
    }));
    if (draft) this.#holds();
  }

  #begin({ input, opened }: Begun<Input>): void {
    this.input = input;
    this.opened = opened;
  }

  /** Something was typed or chosen. */
  touched = (): void => {
    this.#holds();
    this.#autosave.touched();
  };

  /** A lock seals it first, and an update waits. */
  #holds(): void {
    this.#closed ??= app.openForm(() => this.#autosave.flush());
  }

  seal = (): Promise<void> => this.#autosave.flush();

  /** The draft is thrown away and the form begins anew from the records as they are now. */
  async startOver(): Promise<void> {
    await app.engine.dropDraft(this.#about.form);
    this.#begin(this.#about.begin(this.records));
    this.draftFrom = null;
  }

  take({ record, path }: NewerValue): void {
    this.#withRecord(record, (found) => {
      const fresh = this.#about.begin(this.records).input;
      this.input = this.#about.take(this.input, fresh, path);
      this.opened = withTaken(this.opened, found, path);
    });
  }

  keep({ record, path }: NewerValue): void {
    this.#withRecord(record, (found) => {
      this.opened = withKept(this.opened, found, path);
    });
  }

  #withRecord(id: string, change: (record: RecordView) => void): void {
    const found = this.records.find((record) => record.id === id);
    if (found === undefined) return;
    change(found);
    this.touched();
  }

  /** Saves everything in one transaction (R1); the draft goes only when that is done. */
  async save(edits: Edit[], said?: string): Promise<boolean> {
    const saved = edits.length === 0 || (await app.save(edits, said));
    // A draft that stays is told of as unfinished; what was saved is saved.
    if (saved) await this.discard().catch(console.error);
    return saved;
  }

  async discard(): Promise<void> {
    try {
      await this.#autosave.drop();
    } finally {
      this.#left();
    }
  }

  /** The screen is left: what was typed stays as a draft. */
  leave(): void {
    void this.#autosave.close();
    this.#left();
  }

  #left(): void {
    this.#closed?.();
    this.#closed = null;
  }
}
