/**
 * A form on the screen: what it holds, what it showed when it was opened, its draft, and what has come since. Opening a form
 * again brings back its draft with the `seen` of the first opening (R9).
 */

import { app } from '../app/app.svelte.ts';
import { showToast } from '../app/toast.svelte.ts';
import { wellFormed } from '../rules/json.ts';
import type { Draft, Edit, Json, RecordView } from '../model/engine.ts';
import { autosaveOf } from './autosave.ts';
import {
  newerValues,
  withKept,
  withTaken,
  type NewerValue,
  type FormBaseline,
} from './baseline.ts';
import { words } from '../words/index.svelte.ts';

interface Begun<Input> {
  input: Input;
  opened: FormBaseline;
}

/** What a save is made from, and what its draft holds. `begun`: the input as the form opened it (E1). */
interface Contents<Input> extends Begun<Input> {
  begun?: Input;
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
  opened: FormBaseline = $state.raw({ values: {}, seen: {} });
  records: RecordView[] = $state.raw([]);
  /** when the draft that was opened again was last typed in; milliseconds */
  draftFrom: number | null = $state(null);
  /** there was no room to seal what is being typed: it stands on the screen only */
  unsealed = $state(false);
  #begun: Input | undefined;
  readonly newer: NewerValue[] = $derived.by(() =>
    newerValues(this.opened, this.records, this.#about.shows),
  );

  constructor(about: FormAbout<Input>, records: RecordView[], draft: Draft | undefined) {
    this.#about = about;
    this.records = records;
    if (draft) this.#resume(draft.values as unknown as Contents<Input>);
    else this.#begin();
    this.draftFrom = draft?.savedAt ?? null;
    this.#autosave = autosaveOf(
      app.engine,
      about,
      () => ({ values: this.contents as unknown as Json, seen: this.opened.seen }),
      (failed) => {
        if (failed !== null) console.error(failed);
        this.unsealed = failed !== null;
      },
    );
    if (draft) this.#holds();
  }

  #begin(): void {
    const { input, opened } = this.#about.begin(this.records);
    this.input = input;
    this.opened = opened;
    this.#begun = structuredClone(input);
  }

  /** A draft of an older release may lack what the form has now. */
  #resume({ input, opened, begun }: Contents<Input>): void {
    const fresh = this.#about.begin(this.records).input;
    this.input = { ...fresh, ...input };
    this.opened = opened;
    this.#begun = begun && { ...fresh, ...begun };
  }

  /** As it stands, with every text well formed. */
  get contents(): Contents<Input> {
    const { input, opened } = this;
    const begun = this.#begun;
    return wellFormed($state.snapshot<unknown>({ input, opened, begun })) as Contents<Input>;
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
    this.#begin();
    this.draftFrom = null;
  }

  take({ record, path }: NewerValue): void {
    this.#withRecord(record, (found) => {
      this.input = this.#about.take(this.input, this.#takeAsBegun(path), path);
      this.opened = withTaken(this.opened, found, path);
    });
  }

  keep({ record, path }: NewerValue): void {
    this.#withRecord(record, (found) => {
      this.#takeAsBegun(path);
      this.opened = withKept(this.opened, found, path);
    });
  }

  /** From now on the newer value is what its person had before them. Answers the form as it would open now. */
  #takeAsBegun(path: string): Input {
    const fresh = this.#about.begin(this.records).input;
    if (this.#begun) this.#begun = this.#about.take(this.#begun, structuredClone(fresh), path);
    return fresh;
  }

  #withRecord(id: string, change: (record: RecordView) => void): void {
    const found = this.records.find((record) => record.id === id);
    if (found === undefined) return;
    change(found);
    this.touched();
  }

  /** Saves everything in one transaction (R1), or throws; the draft goes only when that is done. */
  async save(edits: Edit[], said?: string): Promise<void> {
    if (edits.length > 0) await app.write(edits, said);
    else showToast(words.entries.nothingChanged);
    // A draft that stays is told of as unfinished; what was saved is saved.
    await this.discard().catch(console.error);
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
