/** The case file that a screen shows: read from this device, and read again whenever something in it changes. */

import { onDestroy } from 'svelte';
import { prefetchedFor } from '../app/case_prefetch.ts';
import { app } from '../app/app.svelte.ts';
import { listOf, textOf } from '../domain/records.ts';
import { OpenForm, type FormAbout } from '../forms/open_form.svelte.ts';
import type { Draft, RecordView } from '../model/engine.ts';

export class CaseFile {
  readonly id: string;
  records: RecordView[] = $state.raw([]);
  loaded = $state(false);
  readonly client = $derived(this.records.find((record) => record.kind === 'case') ?? null);
  readonly summary = $derived.by(() => app.byCase.get(this.id) ?? null);
  /** the flags of every file of the client (H7) */
  readonly safety = $derived.by(() => this.summary?.safety ?? listOf(this.client, 'safety'));
  /** the client's; of two of one name each says its code too */
  readonly name = $derived.by(
    () => (this.summary?.name ?? '') || textOf(this.client, 'client_name'),
  );

  constructor(id: string) {
    this.id = id;
    const prefetched = prefetchedFor(id);
    if (prefetched === null) return;
    this.records = prefetched.records;
    this.loaded = true;
  }

  async read(again = true): Promise<void> {
    this.records = await app.openClient(this.id, again);
    this.loaded = true;
  }

  find(record: string): RecordView | null {
    return this.records.find((one) => one.id === record) ?? null;
  }
}

/** Keeps a case file up to date as long as the screen that is being made stands. */
export function followed(file: CaseFile): CaseFile {
  let files = app.filesOf(file.id).join();
  $effect(() => {
    const now = app.filesOf(file.id).join();
    if (now !== files) void file.read();
    files = now;
  });
  onDestroy(
    app.onRecords((cases) => {
      if (app.filesOf(file.id).some((one) => cases.includes(one))) void file.read();
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

/** A form for the screen that is being made: read, missing, or not to be shown. */
export interface FormHandle<Input extends object> {
  readonly form: OpenForm<Input> | null;
  /** what it is about is not there, and nothing was begun either */
  readonly missing: boolean;
  /** what was begun, where it cannot be gone on with (E4); `null` in it: there is no draft, the records are at fault */
  readonly broken: { draft: Draft | null } | null;
  /** its screen could not be painted */
  breakDown: () => void;
  /** begins anew from the records, without the draft */
  startOver: () => void;
}

/**
 * The form `name`, with its draft if there is one, for the screen that is being made. `about` is asked once the case file has
 * been read; `null`: what the form is about is not there. It keeps its draft when the screen is left. Where `file` is the id of a
 * case, the form is about a file that is not there yet.
 */
export function formFor<Input extends object>(
  file: CaseFile | string,
  name: string,
  about: () => Omit<FormAbout<Input>, 'form' | 'case'> | null,
): FormHandle<Input> {
  const stored = typeof file === 'string' ? null : file;
  const caseId = typeof file === 'string' ? file : file.id;
  let form = $state.raw<OpenForm<Input> | null>(null);
  let missing = $state(false);
  let broken = $state.raw<{ draft: Draft | null } | null>(null);
  let draft: Draft | null = null;
  let left = false;

  async function begin(): Promise<void> {
    try {
      const [drafts] = await Promise.all([
        prefetchedFor(caseId)?.drafts ?? app.engine.drafts(),
        stored === null || stored.loaded ? null : stored.read(false),
      ]);
      draft = drafts.find((one) => one.form === name) ?? null;
      open();
    } catch (error) {
      console.error(error);
      broken = { draft };
    }
  }

  function open(): void {
    const wanted = about();
    missing = wanted === null && draft === null;
    broken = wanted === null && draft !== null ? { draft } : null;
    if (wanted === null) return;
    const all = { ...wanted, form: name, case: caseId };
    const opened = new OpenForm<Input>(all, stored?.records ?? [], draft ?? undefined);
    if (left) opened.leave();
    else form = opened;
  }

  function breakDown(): void {
    form?.leave();
    form = null;
    void app.engine.drafts().then((drafts) => {
      broken = { draft: drafts.find((one) => one.form === name) ?? draft };
    });
  }

  function startOver(): void {
    draft = null;
    form = null;
    try {
      open();
    } catch (error) {
      console.error(error);
      broken = { draft };
    }
  }

  onDestroy(() => {
    left = true;
    form?.leave();
  });
  $effect(() => {
    if (form && stored) form.records = stored.records;
  });
  void begin();
  return {
    get form() {
      return form;
    },
    get missing() {
      return missing;
    },
    get broken() {
      return broken;
    },
    breakDown,
    startOver,
  };
}
