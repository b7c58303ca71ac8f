/** The form of a referral: who needs help, and what is asked for. It opens an intake (H4). Pure. */

import type { Edit, RecordView } from '../model/engine.ts';
import type { Day, Instant } from '../rules/time.ts';
import { wallOf } from '../rules/time.ts';
import { lineOf, listOf, shownIdsAt, shownValue } from '../domain/records.ts';
import { baselineOf, editOf, type FormBaseline } from './baseline.ts';
import { clientEdit, clientFormOf, type ClientInput } from './client_form.ts';
import { carriedValues } from './kind_carried.ts';
import { kindEdit, kindFormOf, valuesWith, type KindInput } from './kind_form.ts';

export interface IntakeInput {
  client: ClientInput;
  referral: KindInput;
}

/** Most referrals are entered while they come: the clock begins now unless it is said otherwise. */
export function newIntakeForm(
  ids: { case: string; referral: string },
  now: Instant,
): { input: IntakeInput; opened: FormBaseline } {
  const { input: client, opened } = clientFormOf(null, ids.case, ids.case);
  const { input: referral } = kindFormOf('referral', null, ids.referral, ids.case);
  const { day, clock } = wallOf(now);
  Object.assign(referral.typed, {
    'need_notified_at.day': day,
    'need_notified_at.clock': clock,
    status: 'referral_received',
  });
  return { input: { client, referral }, opened };
}

/** What is known of somebody met outside: what they are called, and what was said there. */
export function withOutreach(input: IntakeInput, met: RecordView): IntakeInput {
  const line = (name: string) => lineOf(met, name) ?? '';
  const needs = listOf(met, 'needs');
  const { client, referral } = input;
  return {
    client: { ...client, lines: { ...client.lines, given_names: line('alias') } },
    referral: {
      ...referral,
      typed: {
        ...referral.typed,
        source: 'outreach',
        no_roof_tonight: needs.includes('roof_tonight'),
        background: [line('place_words'), line('done')].filter(Boolean).join('\n'),
      },
    },
  };
}

/** The contact is joined to the file that follows from it; what was written of it stays where it is. */
export function joinedEdit(met: RecordView, caseId: string): Edit | null {
  const target = { record: met.id, kind: met.kind, case: met.case };
  return editOf(baselineOf([met]), target, { joined: caseId });
}

/** The header that opens the intake, and the referral in it. */
export function intakeEdits(
  { client, referral }: IntakeInput,
  opened: FormBaseline,
  today: Day,
): Edit[] {
  const { record, case: caseId } = client;
  const header = clientEdit({ input: client, opened }, today);
  const about = { values: valuesWith(referral, {}), today };
  const edits = [
    {
      ...(header ?? { record, kind: 'case', case: caseId, seen: {} }),
      set: { ...header?.set, ...carriedValues('referral', {}, about), home: 'intake' },
    },
    kindEdit(referral, opened),
  ];
  return edits.filter((edit) => edit !== null);
}

/** Who takes a client in has answered the referral, if nobody had. */
export function answered(records: readonly RecordView[], person: string, now: Instant): Edit[] {
  const open = records.filter(
    (record) => record.kind === 'referral' && shownValue(record, 'first_response') === null,
  );
  return open.map((record) => ({
    record: record.id,
    kind: record.kind,
    case: record.case,
    set: { first_response: { at: now, by: person } },
    seen: { first_response: shownIdsAt(record, 'first_response') },
  }));
}
