/** Parts made by hand that only the lists and pages of declared kinds show; `made.ts` has those that other screens need too. */

import type { Component } from 'svelte';
import { app } from '../../app/app.svelte.ts';
import type { CaseFile } from '../../case/case_file.svelte.ts';
import { isDelivered } from '../../case/service_terms.ts';
import { paths } from '../../app/paths.ts';
import { lineOf } from '../../domain/records.ts';
import { hasConsent, lastContact } from '../../domain/network.ts';
import type { RecordView } from '../../model/engine.ts';
import { dayOf } from '../../rules/time.ts';
import { format } from '../../words/format.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import LateHead from '../attachment/LateHead.svelte';
import LateShift from './LateShift.svelte';
import OutreachHead from '../referral/OutreachHead.svelte';
import ReferralHead from '../referral/ReferralHead.svelte';

/** What stands above the facts of the page. */
export const heads: Record<string, Component<{ record: RecordView; file: CaseFile }>> = {
  referral: ReferralHead,
  outreach: OutreachHead,
  shift: LateShift,
  attachment: LateHead,
  plan: LateHead,
  agreement: LateHead,
};

/** Where the page is left for, where that is not the list of its kind. */
export const ups: Record<string, Line> = {
  attachment: (record, records) => {
    const about = records.find((one) => one.id === lineOf(record, 'about'));
    return about ? paths.record(about.kind, about.case, about.id) : paths.client(record.case);
  },
};

type Line = (record: RecordView, records: readonly RecordView[]) => string;

/** What is said of a record beside its own sentence, from the other records of its file. */
export const lines: Record<string, Line> = { member: contactText };

/** Last met, and whether the client lets them be told. */
function contactText(member: RecordView, records: readonly RecordView[]): string {
  const last = lastContact(member, records, isDelivered);
  const { consentStands, lastMet, neverMet, noConsent } = words.kind;
  return [
    last === null ? neverMet : lastMet(format.date(last)),
    hasConsent(member, records, dayOf(app.now)) ? consentStands : noConsent,
  ].join(' · ');
}
