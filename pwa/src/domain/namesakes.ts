/** Two clients of one name are told apart by their codes, wherever a name stands. Pure. */

import type { CaseSummary } from '../model/engine.ts';

const BETWEEN = ' · ';

/** The same clients; a name that two of them bear has the code behind it. */
export function tellApart(clients: CaseSummary[]): CaseSummary[] {
  const bearers = new Map<string, number>();
  for (const { name } of clients) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  return clients.map((client) =>
    bearers.get(client.name) === 1 || !client.clientId
      ? client
      : { ...client, name: client.name + BETWEEN + client.clientId },
  );
}

/** The name alone, to compare it with another. */
export function nameAlone({ name, clientId }: CaseSummary): string {
  const told = BETWEEN + clientId;
  return name.endsWith(told) ? name.slice(0, -told.length) : name;
}
