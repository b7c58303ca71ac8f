/** The case file that a screen shows: read from this device, and read again whenever something in it changes. */

import { onDestroy } from 'svelte';
import { heldFor } from '../../case_ahead.ts';
import { app } from '../../app.svelte.ts';
import { textOf } from '../../domain/records.ts';
import { OpenForm, type FormAbout } from '../../forms/open_form.svelte.ts';
import type { RecordView } from '../../store/engine.ts';

export class CaseFile {
  readonly id: string;
  records: RecordView[] = $state.raw([]);
  loaded = $state(false);
  readonly client = $derived(this.records.find((record) => record.kind === 'case') ?? null);
  readonly summary = $derived.by(() => app.byCase.get(this.id) ?? null);
  /** the client's */
  readonly name = $derived.by(
    () => textOf(this.client, 'client_name') || (this.summary?.name ?? ''),
  );

  constructor(id: string) {
    this.id = id;
    const ahead = heldFor(id);
    if (ahead === null) return;
    this.records = ahead.records;
    this.loaded = true;
  }

  async read(again = true): Promise<void> {
    this.records = await app.engine.openCase(this.id, again);
    this.loaded = true;
  }

  find(record: string): RecordView | null {
    return this.records.find((one) => one.id === record) ?? null;
  }
}

/** Keeps a case file up to date as long as the screen that is being made stands. */
export function followed(file: CaseFile): CaseFile {
  onDestroy(
    app.onRecords((cases) => {
      if (cases.includes(file.id)) void file.read();
    }),
  );
  return file;
}

/** Opens a case file for the screen that is being made, and follows it. */
export function caseFile(id: string): CaseFile {
  const file = followed(new CaseFile(id));
  if (!file.loaded) void file.read(false);
  return file;
}

/**
 * A form about a case file, with its draft if there is one, for the screen that is being made. `about` is asked once the file
 * has been read; `null`: what the form is about is not there. It keeps its draft when the screen is left.
 */
export function formFor<Input extends object>(
  file: CaseFile,
  about: () => FormAbout<Input> | null,
): { readonly form: OpenForm<Input> | null; readonly missing: boolean } {
  let form = $state.raw<OpenForm<Input> | null>(null);
  let missing = $state(false);
  let left = false;

  async function begin(): Promise<void> {
    const [drafts] = await Promise.all([
      heldFor(file.id)?.drafts ?? app.engine.drafts(),
      file.loaded ? null : file.read(false),
    ]);
    const wanted = about();
    if (wanted === null) {
      missing = true;
      return;
    }
    const draft = drafts.find((one) => one.form === wanted.form);
    const opened = new OpenForm(wanted, file.records, draft);
    if (left) opened.leave();
    else form = opened;
  }

  onDestroy(() => {
    left = true;
    form?.leave();
  });
  $effect(() => {
    if (form) form.records = file.records;
  });
  void begin();
  return {
    get form() {
      return form;
    },
    get missing() {
      return missing;
    },
  };
}
