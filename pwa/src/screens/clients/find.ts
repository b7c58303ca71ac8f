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
      const has = wordsOf(searchable(client).join(' '));
      return wanted.every((word) => has.some((one) => one.startsWith(word)));
    })
    .sort((a, b) => inOrder(a.name, b.name));
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
