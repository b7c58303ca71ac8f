/**
 * Labels of codes and sentences of refusals. Both lists are the server's own files: data that the service worker keeps
 * beside the app, fetched once. Until they are here a code stands for itself.
 */

import catalogueUrl from '../../../server/catalogue/catalogue.json?url';
import problemsUrl from '../../../server/problems.json?url';
import { language, words, type Language } from './index.svelte.ts';

type Labels = Record<Language, string>;

export interface Entry extends Labels {
  code: string;
  order?: number;
  active?: boolean;
  /** of a phase */
  checklist?: Entry[];
  /** of an area */
  items?: Entry[];
  [more: string]: unknown;
}

interface Catalogue {
  catalogues: Record<string, Entry[]>;
}

let catalogue = $state.raw<Catalogue | null>(null);
let problems = $state.raw<Record<string, Labels & { status: number }>>({});

const byCode = $derived(
  new Map(
    Object.entries(listsOf(catalogue)).map(([name, entries]) => [
      name,
      new Map(entries.map((entry) => [entry.code, entry])),
    ]),
  ),
);

/** The checklists' items stand under their phase or area; together they are a list of their own, `checklist_item`. */
function listsOf(all: Catalogue | null): Record<string, Entry[]> {
  if (all === null) return {};
  const groups = [
    ...(all.catalogues['support_phase'] ?? []),
    ...(all.catalogues['guidance_area'] ?? []),
  ];
  return { ...all.catalogues, checklist_item: groups.flatMap(itemsOf) };
}

/** The items to tick of a phase or of an area. */
export function checklistOf(entry: Entry): Entry[] {
  return itemsOf(entry).filter((item) => item.active !== false);
}

function itemsOf(entry: Entry): Entry[] {
  return entry.checklist ?? entry.items ?? [];
}

const RETRY_MS = 5_000;

/** Fetches both lists, and tries again until they are here: on a first visit the network may go in between. */
export async function loadCatalogue(): Promise<void> {
  try {
    const [first, second] = await Promise.all([fetch(catalogueUrl), fetch(problemsUrl)]);
    catalogue = (await first.json()) as Catalogue;
    problems = (await second.json()) as typeof problems;
  } catch {
    setTimeout(() => void loadCatalogue(), RETRY_MS);
  }
}

/** The label of a code: `labelOf('visit_outcome', 'done')`. A code from a newer server is shown as it is. */
export function labelOf(list: string, code: string | null | undefined): string {
  if (code === null || code === undefined) return '';
  return byCode.get(list)?.get(code)?.[language()] ?? code;
}

/** The codes one may choose from today, in their order; retired ones stay readable and are not offered. */
export function offered(list: string): Entry[] {
  const entries = catalogue?.catalogues[list] ?? [];
  return entries
    .filter((entry) => entry.active !== false)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** An entry with all that the catalogue says of it, such as a phase's checklist. */
export function entryOf(list: string, code: string): Entry | null {
  return byCode.get(list)?.get(code) ?? null;
}

/** Why something was refused, in words. */
export function sentenceOf(problem: { code: string } | 'no_connection'): string {
  if (problem === 'no_connection') return words.shell.noConnection;
  return problems[problem.code]?.[language()] ?? words.shell.unknownProblem;
}
