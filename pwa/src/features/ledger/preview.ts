/** What becomes of a ledger's lines: which rent each would write, and why a line is left out. */

import { app } from '../../app/app.svelte.ts';
import type { LedgerLine, LedgerRent } from '../../domain/ledger.ts';
import { clientsNamed, rentEdit } from '../../forms/ledger_edits.ts';
import type { Edit, RecordView } from '../../model/engine.ts';
import { dayOf } from '../../rules/time.ts';
import { words } from '../../words/index.svelte.ts';
import type { RentStatus } from '../../rules/constants.ts';

interface TakenLine {
  line: number;
  name: string;
  rent: LedgerRent;
  /** as it will stand */
  status: RentStatus;
  /** null where the rent says all of it already */
  edit: Edit | null;
  isNew: boolean;
}

export interface Preview {
  taken: TakenLine[];
  left: { line: number; why: string }[];
}

/** Opens the case files that the ledger names, and no others. */
export async function previewOf(lines: readonly LedgerLine[]): Promise<Preview> {
  const preview: Preview = { taken: [], left: [] };
  const files = new Map<string, RecordView[]>();
  const seen = new Set<string>();
  for (const one of lines) {
    const { line } = one;
    if ('fault' in one) {
      preview.left.push({ line, why: whyOf(one) });
      continue;
    }
    const { rent } = one;
    const found = clientsNamed(app.summaries, rent.client);
    const [client] = found;
    if (client === undefined || found.length > 1) {
      const why = client ? words.ledger.twoClients : words.ledger.noClient;
      preview.left.push({ line, why: why(rent.client) });
      continue;
    }
    const key = `${client.case} ${rent.month}`;
    if (seen.has(key)) {
      preview.left.push({ line, why: words.ledger.twice(client.name) });
      continue;
    }
    seen.add(key);
    const records = files.get(client.case) ?? (await app.openClient(client.case));
    files.set(client.case, records);
    const written = rentEdit(rent, client.case, records, dayOf(app.now));
    preview.taken.push({ line, name: client.name, rent, ...written });
  }
  return preview;
}

function whyOf(fault: Extract<LedgerLine, { fault: string }>): string {
  if (fault.fault === 'columns') return words.ledger.columns(fault.found, fault.wanted);
  const column = words.ledger.column[fault.column];
  return fault.text === ''
    ? words.ledger.noValue(column)
    : words.ledger.badValue(column, fault.text);
}
