/** What the screens of documents follow: the client's file, the partners it names, and the code tables. */

import { onMount } from 'svelte';
import { caseFile, type CaseFile } from '../../case/case_file.svelte.ts';
import type { Document, Told } from '../../rules/declared_documents.ts';
import { language } from '../../words/index.svelte.ts';
import {
  freshCodes,
  keptCodes,
  partnersOf,
  tellMakings,
  toldOf,
  type NationalCodes,
} from './making.ts';

export class CaseDocuments {
  readonly file: CaseFile;
  codes = $state.raw<NationalCodes | null>(null);
  /** the server was asked for the code tables */
  isAsked = $state(false);
  partners = $state.raw<Told[]>([]);
  readonly told = $derived.by(() => this.file.records.map(toldOf));

  /** While a component is being made: it is followed as long as that stands. */
  constructor(caseId: string) {
    this.file = caseFile(caseId);
    onMount(() => void this.#read());
    $effect(() => {
      if (this.file.loaded) void partnersOf(this.file).then((found) => (this.partners = found));
    });
  }

  async #read(): Promise<void> {
    this.codes = await keptCodes();
    this.codes = await freshCodes();
    this.isAsked = true;
    await tellMakings();
  }
}

export function documentTitle({ title }: Document): string {
  return title[language()] ?? title.fi;
}
