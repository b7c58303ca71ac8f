/** What a ledger's lines mean for the clients' rents: whose each is, and the edit that brings the rent up to date. Pure. */

import { v7 } from 'uuid';
import { fold } from '../rules/fold.ts';
import type { LedgerRent } from '../domain/ledger.ts';
import { lineOf, numberOf, shownValue } from '../domain/records.ts';
import { isRemoved } from '../rules/merge.ts';
import type { CaseSummary, Edit, Json, RecordView } from '../model/engine.ts';
import { baselineOf, editOf } from './baseline.ts';
import type { RentStatus } from '../rules/constants.ts';

/** What was agreed stays agreed while the ledger only says that money is missing. */
const AGREED = new Set<RentStatus>([
  'payment_plan',
  'payment_plan_broken',
  'direct_payment',
  'arrears_one_month',
  'arrears_two_months',
]);

/** The clients whom a ledger's name or code may mean. Words in any order: "Virtanen Matti" is "Matti Virtanen". */
export function clientsNamed(clients: readonly CaseSummary[], written: string): CaseSummary[] {
  const code = fold(written.replaceAll(/\s/gu, ''));
  const byCode = clients.filter(({ clientId }) => fold(clientId) === code);
  if (byCode.length > 0) return byCode;
  const words = wordsOf(written);
  return clients.filter(({ name }) => wordsOf(name) === words);
}

const wordsOf = (name: string) =>
  fold(name.replaceAll(/[.,;]/gu, ' ')).split(/\s+/u).filter(Boolean).sort().join(' ');

/** The edit of the month's rent in this file; a new one where there is none yet, null where nothing changes. */
export function rentEdit(
  rent: LedgerRent,
  caseId: string,
  records: readonly RecordView[],
  today: string,
): { edit: Edit | null; isNew: boolean; status: RentStatus } {
  const known =
    records.find(
      (one) => one.kind === 'rent' && !isRemoved(one) && lineOf(one, 'month') === rent.month,
    ) ?? null;
  const said = statusOf(rent, today);
  const before = lineOf(known, 'status') as RentStatus | null;
  const isPaid = said === 'paid' || said === 'paid_late';
  const status = before !== null && AGREED.has(before) && !isPaid ? before : said;
  const values: Record<string, Json> = {
    month: rent.month,
    due_on: rent.dueOn,
    amount_cents: rent.amountCents,
    status,
    paid_cents: rent.paidCents > 0 ? rent.paidCents : (numberOf(known, 'paid_cents') ?? null),
    paid_on: rent.paidOn ?? shownValue(known, 'paid_on'),
    from_ledger: true,
  };
  const target = { record: known?.id ?? v7(), kind: 'rent', case: caseId };
  const opened = baselineOf([known]);
  const isChanged = Object.entries(values).some(
    ([path, value]) => path !== 'from_ledger' && value !== shownValue(known, path),
  );
  return { edit: isChanged ? editOf(opened, target, values) : null, isNew: known === null, status };
}

export function statusOf(rent: LedgerRent, today: string): RentStatus {
  if (rent.paidCents >= rent.amountCents) {
    return rent.paidOn !== null && rent.paidOn > rent.dueOn ? 'paid_late' : 'paid';
  }
  if (rent.paidCents > 0) return 'partly_paid';
  return rent.dueOn >= today ? 'not_due' : 'unpaid';
}
