/** Finding a client by what one remembers of them. Pure. */

import { asTyped, beginnings, isIn, wantedOf, type Wanted } from './folding.ts';
import { fold } from '../rules/fold.ts';
import type { CaseSummary } from '../model/engine.ts';

/**
 * Clients in whom every typed word begins a word: those first who are spelt so, by the reader's alphabet (F1). `alsoOf`: what a
 * client is found by beside their own data, such as the worker's name.
 */
export function findClients(
  clients: readonly CaseSummary[],
  typed: string,
  inOrder: (a: string, b: string) => number,
  alsoOf: (client: CaseSummary) => string = () => '',
): CaseSummary[] {
  const wanted = wantedOf(typed);
  const found = clients.flatMap((client) => {
    const words = wordsIn(client, alsoOf(client));
    if (!wanted.every((one) => begins(one, words))) return [];
    return { client, isExact: wanted.every((one) => beginsAsTyped(one, words)) };
  });
  return found
    .sort((a, b) => Number(b.isExact) - Number(a.isExact) || inOrder(a.client.name, b.client.name))
    .map(({ client }) => client);
}

interface Words {
  folded: string[];
  typed: string[];
  /** phone and code, folded */
  numbers: string;
}

function begins(wanted: Wanted, words: Words): boolean {
  if (words.folded.some((one) => one.startsWith(wanted.folded))) return true;
  if (wanted.isNumber && wanted.folded.length > 2 && isIn(wanted, words.numbers)) return true;
  return wanted.apart.length > 0 && wanted.apart.every((one) => begins(one, words));
}

function beginsAsTyped(wanted: Wanted, words: Words): boolean {
  return wanted.isNumber || words.typed.some((one) => one.startsWith(wanted.typed));
}

/** A summary is never changed, only replaced: its words are asked for at each letter and worked out once. */
const known = new WeakMap<CaseSummary, Words & { also: string }>();

function wordsIn(client: CaseSummary, also: string): Words {
  const before = known.get(client);
  if (before?.also === also) return before;
  const words = { ...wordsOf(client, also), also };
  known.set(client, words);
  return words;
}

/** By what each of their files calls them (H7). An address under a non-disclosure order is not even searched: a match would tell it. */
function wordsOf(client: CaseSummary, also: string): Words {
  const address = client.safety.includes('non_disclosure') ? null : client.address;
  const files = [client, ...(client.duplicates ?? [])];
  const numbers = files.flatMap(({ clientId, phone }) => [clientId, phone ?? '']);
  const text = [...files.map(({ name }) => name), ...numbers, address, also]
    .filter(Boolean)
    .join(' ');
  return {
    folded: beginnings(text, fold),
    typed: beginnings(text, asTyped),
    numbers: fold(numbers.join('\n')),
  };
}
