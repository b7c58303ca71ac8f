/**
 * What a phone fetches of the server's data: `kinds.json` without its words, and one file a language with the labels of the
 * catalogue, the sentences of refusals and the words of the kinds. Sources, legal notes and other languages stay behind.
 * What only forms and pages ask for, of the kinds too, stands apart as the language's rest.
 * `import url from 'virtual:data/fi'` and `virtual:data/fi-rest` give the address of a file.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const server = fileURLToPath(new URL('../server', import.meta.url));
const PREFIX = 'virtual:data/';
/** The declaration of documents with the labels that they are written with: part of their own script, fetched with it. */
const DOCUMENTS = 'virtual:documents';
/** What a client reads with the phone in hand, in each language that they may choose: part of that script. */
const CLIENT_LABELS = 'virtual:client_labels';
const FOR_CLIENTS = [
  'agreement_kind',
  'agreement_answer',
  'everyday_rating',
  'guidance_area',
  'linked_service',
  'participation',
  'participation_frequency',
  'visit_kind',
];
const LANGUAGES = ['fi', 'sv', 'en'] as const;

type Language = (typeof LANGUAGES)[number];
type Said = Record<Language, string>;
type Entry = Said & { code: string; [more: string]: unknown };
type Words = Record<string, Record<string, string>>;

/** What the app asks of an entry besides its label. */
const ASKED = [
  'active',
  'contracted_hours_per_month',
  'work_methods',
  'counts_as_delivered',
  'counts_to_contract_default',
  'area',
  'items_from',
  'scale',
  'value',
  'wish',
  'rank',
  'permanent_home',
];
/** What an entry says at more length, in the language of the file. */
const SAID = ['goal'];
/** The lists under an entry. */
const BELOW = ['checklist', 'items'];
/** The lists whose entries' own lists no screen asks for. */
const SHALLOW = ['mapping_form_section'];
/** What rows made by hand say; the rest has them whole, with what stands under their entries. */
const IN_ROWS = [
  'support_phase',
  'guidance_area',
  'visit_kind',
  'visit_outcome',
  'time_entry_kind',
  'place',
  'safety_flag',
];
/** What every kind's row, reminder or mark may say of it, besides the fields that its sentences name. */
const OF_ROWS = /^@(?:name|many|row|title)$|^~/;
/** What only a form or a page does with a declaration. */
const OF_FORMS = ['layout', 'stages', 'fills', 'offers', 'carries'] as const;
/** Lists for the office alone, and those that no field and no screen asks for yet: the yearly survey. */
const UNUSED = [
  'report',
  'assessment_tool',
  'record_status',
  'goal_progress',
  'plan_part',
  'satisfaction_question',
  'satisfaction_scale',
];

function entryOf(entry: Entry, language: Language, below: string[]): Record<string, unknown> {
  const more = [...ASKED, ...below].filter((name) => entry[name] !== undefined);
  const said = SAID.filter((name) => entry[name] !== undefined);
  return {
    code: entry.code,
    label: entry[language],
    ...Object.fromEntries(said.map((name) => [name, (entry[name] as Said)[language]])),
    ...Object.fromEntries(
      more.map((name) => [
        name,
        BELOW.includes(name)
          ? (entry[name] as Entry[]).map((one) => entryOf(one, language, below))
          : entry[name],
      ]),
    ),
  };
}

const read = (name: string): unknown => JSON.parse(readFileSync(`${server}/${name}`, 'utf8'));

/** A kind's name stands once before all its words. */
function byKind(words: Record<string, string>): Words {
  const found: Words = {};
  for (const [key, word] of Object.entries(words)) {
    const end = key.indexOf('.');
    (found[key.slice(0, end)] ??= {})[key.slice(end + 1)] = word;
  }
  return found;
}

const catalogues = () =>
  (read('catalogue/catalogue.json') as { catalogues: Record<string, Entry[]> }).catalogues;
const declared = () =>
  read('kinds/kinds.json') as {
    kinds: Record<string, Declared>;
    words: Record<Language, Record<string, string>>;
  };

/** What Tänään and every row say. */
function labels(language: Language): unknown {
  const { kinds: all, words } = declared();
  const problems = read('core/problems.json') as Record<string, Said>;
  const ownWords = byKind(words[language]);
  const inRows = Object.entries(all).flatMap(([name, kind]) =>
    listsOf(saidFields(kind, ownWords[name] ?? {})),
  );
  const wanted = new Set([...IN_ROWS, ...inRows]);
  return {
    catalogues: Object.fromEntries(
      Object.entries(catalogues())
        .filter(([name]) => wanted.has(name))
        .map(([name, entries]) => [name, listOf(entries, language, [])]),
    ),
    problems: Object.fromEntries(
      Object.entries(problems).map(([code, said]) => [code, said[language]]),
    ),
    kinds: pick(ownWords, (kind, key) => isOfRows(all[kind], ownWords[kind] ?? {}, key)),
  };
}

/**
 * The checklists' items stand under their phase or area, those of ratings in the list of their sheet; together they are lists of
 * their own.
 */
function gathered(all: Record<string, Entry[]>): Record<string, Entry[]> {
  const groups = [...(all['support_phase'] ?? []), ...(all['guidance_area'] ?? [])];
  const sheets = all['rating_sheet'] ?? [];
  const named = (by: string) =>
    [...new Set(sheets.map((sheet) => sheet[by]))].flatMap((list) => all[String(list)] ?? []);
  return {
    ...all,
    checklist_item: groups.flatMap((one) => (one['checklist'] ?? one['items'] ?? []) as Entry[]),
    rating_item: named('items_from'),
    rating_value: named('scale'),
  };
}

/** What the other screens say besides, and ask of the declarations. */
function rest(language: Language): unknown {
  const first = labels(language) as { catalogues: Record<string, unknown>; kinds: Words };
  const lists = Object.entries(gathered(catalogues()))
    .filter(([name]) => !UNUSED.includes(name))
    .map(([name, entries]): [string, unknown] => [
      name,
      listOf(entries, language, SHALLOW.includes(name) ? [] : BELOW),
    ])
    .filter(([name, list]) => JSON.stringify(list) !== JSON.stringify(first.catalogues[name]));
  return {
    catalogues: Object.fromEntries(lists),
    kinds: pick(
      byKind(declared().words[language]),
      (kind, key) => first.kinds[kind]?.[key] === undefined,
    ),
    forms: forms(),
  };
}

function pick(words: Words, isWanted: (kind: string, key: string) => boolean): Words {
  const kept = Object.entries(words).map(([kind, own]): [string, Record<string, string>] => [
    kind,
    Object.fromEntries(Object.entries(own).filter(([key]) => isWanted(kind, key))),
  ]);
  return Object.fromEntries(kept);
}

/** The fields and counts that a kind's sentences name. */
function named(words: Record<string, string>): Set<string> {
  const sentences = `${words['@row'] ?? ''} ${words['@title'] ?? ''}`;
  return new Set([...sentences.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
}

function saidFields(kind: Declared, words: Record<string, string>): DeclaredField[] {
  const names = named(words);
  return Object.entries(kind.fields)
    .filter(([name]) => names.has(name))
    .map(([, field]) => field);
}

function listsOf(fields: DeclaredField[]): string[] {
  return fields.flatMap(({ catalogue, key, of, parts }) => [
    ...(catalogue === undefined ? [] : [catalogue]),
    ...listsOf([key, of].filter((one) => one !== undefined)),
    ...listsOf(Object.values(parts ?? {})),
  ]);
}

/** The words of a mark, and those of the fields that sentences name: of their choices and their parts too. */
function isOfRows(kind: Declared | undefined, words: Record<string, string>, key: string) {
  const isMark = kind?.rules?.some((one) => one.strength === 'derives' && key === `!${one.name}`);
  return isMark === true || OF_ROWS.test(key) || named(words).has(/^@?\w+/.exec(key)?.[0] ?? '');
}

function listOf(entries: Entry[], language: Language, below: string[]): unknown[] {
  return inOrder(entries).map((one) => entryOf(one, language, below));
}

/** Their own order says what a number for each would. */
const inOrder = (entries: Entry[]) =>
  entries.toSorted((a, b) => Number(a['order'] ?? 0) - Number(b['order'] ?? 0));

interface DeclaredRule {
  strength: string;
  name: string;
  holds: unknown;
  at?: string;
}

interface DeclaredField {
  catalogue?: string;
  key?: DeclaredField;
  of?: DeclaredField;
  parts?: Record<string, DeclaredField>;
}

interface Declared {
  fields: Record<string, DeclaredField>;
  readers?: unknown;
  due?: { people?: unknown }[];
  rules?: DeclaredRule[];
  [more: string]: unknown;
}

/** Most rules ask for the field of their name: that need not be said (`pwa/src/kinds/rules_of.ts`). */
function shortened(rule: DeclaredRule): unknown {
  const isItself = JSON.stringify(rule.holds) === JSON.stringify(['has', rule.name]);
  return {
    ...rule,
    holds: isItself ? undefined : rule.holds,
    at: rule.at === rule.name ? undefined : rule.at,
  };
}

/** Who reads what, and who is told, is the server's. */
function kinds(): unknown {
  const lighter = Object.entries(declared().kinds).map(([name, kind]) => [
    name,
    {
      ...kind,
      ...Object.fromEntries(OF_FORMS.map((part) => [part, undefined])),
      readers: undefined,
      due: kind.due?.map((due) => ({ ...due, people: undefined })),
      rules: kind.rules?.map(shortened),
    },
  ]);
  return Object.fromEntries(lighter);
}

function forms(): unknown {
  const parts = Object.entries(declared().kinds).map(([name, kind]) => [
    name,
    Object.fromEntries(OF_FORMS.map((part) => [part, kind[part]])),
  ]);
  return Object.fromEntries(parts);
}

export function textOf(name: string): string {
  const [part, isRest] = [name.replace('-rest', ''), name.endsWith('-rest')];
  const language = LANGUAGES.find((one) => one === part);
  if (language) return JSON.stringify(isRest ? rest(language) : labels(language));
  // What is not said is 0.
  const isSaid = (key: string, value: unknown) =>
    key === 'min' && value === 0 ? undefined : value;
  return JSON.stringify(kinds(), isSaid);
}

/** The lists that the declaration names, in both languages of documents; `kind.field` is a choice of a kind's own. */
function documentLabels(documents: unknown): Record<string, Record<string, unknown>> {
  const names = new Set(
    [...JSON.stringify(documents).matchAll(/"(?:catalogue|choice)":"([^"]+)"/g)].map(
      ([, name = '']) => name,
    ),
  );
  return Object.fromEntries(
    [...names].map((name) => [name, name.includes('.') ? choicesOf(name) : codesOf(name)]),
  );
}

function codesOf(name: string): Record<string, unknown> {
  const entries = catalogues()[name] ?? [];
  return Object.fromEntries(
    entries.map(({ code, fi, sv, national_code }) => [code, { fi, sv, national_code }]),
  );
}

/** A yes or no that a code stands for has no words of its own. */
function choicesOf(name: string): Record<string, unknown> {
  const { fi, sv } = declared().words;
  const found = Object.keys(fi).filter((key) => key.startsWith(`${name}=`));
  if (found.length === 0) return { yes: { fi: 'Kyllä', sv: 'Ja' }, no: { fi: 'Ei', sv: 'Nej' } };
  return Object.fromEntries(
    found.map((key) => [key.slice(name.length + 1), { fi: fi[key], sv: sv[key] }]),
  );
}

export function documentsText(): string {
  const documents = read('documents/documents.json');
  return JSON.stringify({ declared: documents, labels: documentLabels(documents) });
}

/** Where the catalogue says nothing easier, easy Finnish is Finnish. */
function clientLabelsText(): string {
  const lists = FOR_CLIENTS.map((name) => [
    name,
    inOrder(catalogues()[name] ?? []).map((entry) => {
      const { code, fi, fi_plain: fi_easy = fi, sv, en, active } = entry;
      return { code, fi, fi_easy, sv, en, active };
    }),
  ]);
  return JSON.stringify(Object.fromEntries(lists));
}

export function serverData(): Plugin {
  let isBuild = false;
  return {
    name: 'ovikello-server-data',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    resolveId(id) {
      const isOurs = id.startsWith(PREFIX) || id === DOCUMENTS || id === CLIENT_LABELS;
      return isOurs ? `\0${id}` : null;
    },
    load(id) {
      if (id === `\0${DOCUMENTS}`) return `export default ${documentsText()}`;
      if (id === `\0${CLIENT_LABELS}`) return `export default ${clientLabelsText()}`;
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const name = id.slice(PREFIX.length + 1);
      if (!isBuild) return `export default '/@data/${name}.json'`;
      const file = this.emitFile({ type: 'asset', name: `${name}.json`, source: textOf(name) });
      return `export default '__VITE_ASSET__${file}__'`;
    },
    configureServer({ middlewares }) {
      middlewares.use('/@data', (request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(textOf(/[\w-]+/.exec(request.url ?? '')?.[0] ?? ''));
      });
    },
  };
}
