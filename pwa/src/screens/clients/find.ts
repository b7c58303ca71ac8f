/** Finding a client by what one remembers of them. Pure. */

import type { CaseSummary } from '../../store/engine.ts';

/** Clients in whom every typed word begins a word, by the reader's alphabet. */
export function findClients(
  clients: readonly CaseSummary[],
  typed: string,
  inOrder: (a: string, b: string) => number,
): CaseSummary[] {
  const wanted = wordsOf(typed);
  return clients
    .filter((client) => {
      const has = wordsIn(client);
      return wanted.every((word) => has.some((one) => one.startsWith(word)));
    })
    .sort((a, b) => inOrder(a.name, b.name));
}

/** A summary is never changed, only replaced: its words are asked for at each letter and worked out once. */
const known = new WeakMap<CaseSummary, string[]>();

function wordsIn(client: CaseSummary): string[] {
  const words = known.get(client) ?? wordsOf(searchable(client).join(' '));
  known.set(client, words);
  return words;
}

/** An address under a non-disclosure order is not even searched: a match would tell it. */
function searchable(client: CaseSummary): string[] {
  const address = client.safety.includes('non_disclosure') ? null : client.address;
  return [client.name, client.clientId, address, client.phone].filter((one) => one !== null);
}

function wordsOf(text: string): string[] {
  return text
    .toLocaleLowerCase('fi')
    .split(/[\s,·]+/)
    .filter((word) => word !== '');
}
