/**
 * Labels of codes, sentences of refusals and words of the kinds, in the language spoken now. All are the server's own files: data
 * that the service worker keeps beside the app, fetched once. What rows say comes before Tänään, the rest before any other
 * screen. Until they are here a code stands for itself.
 */

import kindsUrl from 'virtual:data/kinds';
import { addToKinds, useKinds, type Kinds } from '../kinds/declared.ts';
import { own } from '../rules/own.ts';
import { labelUrls, loadAllWords, words } from './index.svelte.ts';

export interface CodeEntry {
  code: string;
  label: string;
  active?: boolean;
  /** of a phase */
  checklist?: CodeEntry[];
  /** of an area */
  items?: CodeEntry[];
  [more: string]: unknown;
}

interface Labels {
  catalogues: Record<string, CodeEntry[]>;
  problems: Record<string, string>;
  kinds: Record<string, Record<string, string>>;
}

let labels = $state.raw<Labels>({ catalogues: {}, problems: {}, kinds: {} });

type Lists = Labels['catalogues'];

let withOwn = $state.raw((lists: Lists): Lists => lists);
const lists = $derived(withOwn(labels.catalogues));

const byCode = $derived(
  new Map(
    Object.entries(lists).map(([name, entries]) => [
      name,
      new Map(entries.map((entry) => [entry.code, entry])),
    ]),
  ),
);

const RETRY_MS = 5_000;

const dataOf = async (url: string): Promise<unknown> => (await fetch(url)).json();

/** What is spoken from, or on its way */
let read = { from: '', done: Promise.resolve() };

/** Asked for once, and again where it did not come. */
function readLabels(): Promise<void> {
  const urls = labelUrls();
  const from = String(urls);
  if (read.from !== from) read = { from, done: fetchLabels(urls, from) };
  return read.done;
}

async function fetchLabels(urls: string[], from: string): Promise<void> {
  try {
    const [kinds, said, rest] = await Promise.all([kindsUrl, ...urls].map(dataOf));
    // Another language may have been chosen meanwhile.
    if (!read.from.startsWith(from)) return;
    useKinds(kinds as Kinds);
    labels = said as Labels;
    if (rest !== undefined) addRest(rest as Labels & { forms: Kinds });
  } catch (error) {
    read.from = '';
    throw error;
  }
}

function addRest(rest: Labels & { forms: Kinds }): void {
  addToKinds(rest.forms);
  const kinds = Object.entries(rest.kinds).map(([kind, more]) => [
    kind,
    { ...own(labels.kinds, kind), ...more },
  ]);
  labels = {
    ...labels,
    catalogues: { ...labels.catalogues, ...rest.catalogues },
    kinds: Object.fromEntries(kinds) as Labels['kinds'],
  };
}

/** Follows the language: fetches what is said in it, and tries again until it is here; the network may go in between. */
export function followLabels(): void {
  const follow = () => {
    readLabels().catch(() => setTimeout(follow, RETRY_MS));
  };
  $effect.root(() => {
    $effect(follow);
  });
}

/** Before any screen but the first: all words, and what forms and pages ask of the kinds. Throws without a network. */
export async function loadAllLabels(): Promise<void> {
  await loadAllWords();
  await readLabels();
}

/** What the organisation added stands in its lists from now on (A20). */
export function addToLists(add: (lists: Lists) => Lists): void {
  withOwn = add;
}

/** The word of a kind's own, `goal.title`; undefined where it has none. */
export function kindWord(key: string): string | undefined {
  const end = key.indexOf('.');
  return own(own(labels.kinds, key.slice(0, end)), key.slice(end + 1));
}

/** The label of a code: `labelOf('visit_outcome', 'done')`. A code from a newer server is shown as it is. */
export function labelOf(list: string, code: string | null | undefined): string {
  if (code === null || code === undefined) return '';
  return byCode.get(list)?.get(code)?.label ?? code;
}

/** The codes one may choose from today, in the order of their list; retired ones stay readable and are not offered. */
export function offered(list: string): CodeEntry[] {
  return (own(lists, list) ?? []).filter((entry) => entry.active !== false);
}

/** An entry with all that the catalogue says of it, such as a phase's checklist. */
export function entryOf(list: string, code: string): CodeEntry | null {
  return byCode.get(list)?.get(code) ?? null;
}

/** Why something was refused, in words. */
export function sentenceOf(problem: { code: string } | 'no_connection'): string {
  if (problem === 'no_connection') return words.shell.noConnection;
  return own(labels.problems, problem.code) ?? words.shell.unknownProblem;
}
