/**
 * Searching all notes. The texts are in this worker's memory and nowhere else: gathered from the sealed files when somebody
 * searches, a case file anew when it changes, and gone with the lock (F2). They are read from end to end each time: 20,000 notes
 * take milliseconds, which no list of words would better enough to be worth keeping.
 */

import { itemsOf, latestVersion, shownValue, asParts, timeOf } from '../domain/records.ts';
import { isRemoved } from '../domain/removal.ts';
import { entryTime } from '../domain/visits.ts';
import type { CaseSummary, Found, FoundCase, Hit, Json, Question, RecordView } from './engine.ts';
import type { Store } from './store.ts';

/** An answer says what it has after this time; the rest is gathered for the next. */
const GATHER_MS = 60;
const CASES_MAX = 20;
const HITS_MAX = 3;
const HITS_OF_ONE_MAX = 100;
const BEFORE_CHARS = 50;
const AFTER_CHARS = 150;

/** Where people write sentences, by kind; of a structured value the parts named in `PARTS`. */
const FIELDS: Record<string, string[]> = {
  visit: ['note', 'outcome'],
  note: ['text'],
  goal: ['title', 'client_words'],
  case: ['safety_note', 'eligibility_reason', 'social_worker', 'referral'],
};
const ITEMS: Record<string, string[]> = { goal: ['steps'], case: ['phases'] };
const PARTS = ['text', 'note', 'reason', 'referrer'];

/** What one record says. */
interface Said {
  record: string;
  kind: string;
  at: number;
  text: string;
}

export class Search {
  readonly #store: Store;
  /** by case file; newest first */
  readonly #said = new Map<string, Said[]>();
  readonly #reading = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** These case files have changed: what is being read of them now is old. */
  forget(cases: string[]): void {
    for (const caseId of cases) {
      this.#said.delete(caseId);
      this.#reading.delete(caseId);
    }
  }

  /** What has been found so far; `looked` < `all`: ask again. */
  async find(question: Question): Promise<Found> {
    const cases = this.#casesOf(question);
    await this.#gather(cases);
    const wanted = wordsOf(question.words).map(patternOf);
    const found: FoundCase[] = [];
    let looked = 0;
    for (const client of cases) {
      const said = this.#said.get(client.case);
      if (!said) continue;
      looked += 1;
      const one = inCase(client, said, wanted, question);
      if (one) found.push(one);
    }
    found.sort((a, b) => (b.hits[0]?.at ?? 0) - (a.hits[0]?.at ?? 0));
    const count = found.reduce((total, one) => total + one.count, 0);
    return {
      cases: found.slice(0, CASES_MAX),
      count,
      clients: found.length,
      looked,
      all: cases.length,
    };
  }

  #casesOf({ mine, case: only }: Question): CaseSummary[] {
    const { user } = this.#store.session;
    return [...this.#store.index.values()]
      .map(({ summary }) => summary)
      .filter((one) => one !== null)
      .filter((one) => (only ? one.case === only : !mine || one.ownWorker === user));
  }

  async #gather(cases: CaseSummary[]): Promise<void> {
    const until = performance.now() + GATHER_MS;
    for (const { case: caseId } of cases) {
      if (this.#said.has(caseId)) continue;
      this.#reading.add(caseId);
      const file = await this.#store.files.read(caseId);
      if (!this.#reading.delete(caseId)) continue;
      const views = this.#store.viewsOf(file, this.#store.outbox.ofCase(caseId));
      this.#said.set(caseId, saidIn(views));
      if (performance.now() > until) return;
    }
  }
}

/** What people wrote in these records, newest first; what was removed is not found. */
function saidIn(views: RecordView[]): Said[] {
  return views
    .filter((view) => view.kind in FIELDS && !isRemoved(view))
    .map((view) => ({
      record: view.id,
      kind: view.kind,
      at: timeOfEntry(view),
      text: textOf(view),
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => b.at - a.at);
}

function timeOfEntry(view: RecordView): number {
  const latest = latestVersion(view);
  const written = latest ? timeOf(latest) : 0;
  return view.kind === 'visit' || view.kind === 'note'
    ? Date.parse(entryTime(view)) || written
    : written;
}

function textOf(view: RecordView): string {
  const values = (FIELDS[view.kind] ?? []).map((path) => shownValue(view, path));
  for (const field of ITEMS[view.kind] ?? []) values.push(...itemsOf(view, field).values());
  return values.flatMap(sentences).join('\n');
}

function sentences(value: Json): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value.normalize('NFC')];
  const parts = asParts(value);
  return PARTS.flatMap((name) => sentences(parts[name] ?? ''));
}

export function wordsOf(typed: string): string[] {
  return typed
    .normalize('NFC')
    .split(/[\s,·]+/u)
    .filter((word) => word !== '');
}

const FORGIVING: Record<string, string> = {
  a: '[aäåáàâ]',
  o: '[oöóòô]',
  e: '[eéèêë]',
  u: '[uüúù]',
};

/** A word anywhere in a word: Finnish joins them. What is typed without dots finds with and without; ä and ö find themselves. */
function patternOf(word: string): RegExp {
  const escaped = word.toLowerCase().replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
  return new RegExp(
    escaped.replace(/[aoeu]/gu, (letter) => FORGIVING[letter] ?? letter),
    'gi',
  );
}

/** A client's name counts as said in every entry: "Matti vuokra" finds what was written of Matti's rent. */
function inCase(
  client: CaseSummary,
  said: Said[],
  wanted: RegExp[],
  { kind, case: only }: Question,
): FoundCase | null {
  const rest = wanted.filter((pattern) => !has(pattern, `${client.name} ${client.clientId}`));
  if (rest.length === 0) return null;
  const all = said.filter(
    (one) =>
      (kind === null || one.kind === kind) && rest.every((pattern) => has(pattern, one.text)),
  );
  const [first] = all;
  if (!first) return null;
  const hits = all.slice(0, only ? HITS_OF_ONE_MAX : HITS_MAX);
  return { case: client.case, count: all.length, hits: hits.map((one) => hitOf(one, rest)) };
}

function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

function spansOf(pattern: RegExp, text: string): [from: number, to: number][] {
  pattern.lastIndex = 0;
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length]);
}

/** The neighbourhood of the first word found, with every word found in it marked. */
function hitOf({ record, kind, at, text }: Said, wanted: RegExp[]): Hit {
  const spans = wanted.flatMap((pattern) => spansOf(pattern, text)).sort((a, b) => a[0] - b[0]);
  const [first = [0, 0] as [number, number]] = spans;
  const from = wordStart(text, first[0] - BEFORE_CHARS);
  const to = wordEnd(text, first[0] + AFTER_CHARS);
  const pieces: Hit['pieces'] = [];
  let place = from;
  const add = (until: number, marked: boolean) => {
    if (until > place) pieces.push({ text: text.slice(place, until), marked });
    place = Math.max(place, until);
  };
  if (from > 0) pieces.push({ text: '… ', marked: false });
  for (const [start, end] of spans) {
    if (start >= to) break;
    add(start, false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  if (to < text.length) pieces.push({ text: ' …', marked: false });
  return { record, kind, at, pieces };
}

function wordStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf(' ', at) + 1;
}

function wordEnd(text: string, at: number): number {
  const end = text.indexOf(' ', at);
  return at >= text.length || end < 0 ? text.length : end;
}
