import labels from 'virtual:data/sv-rest';
import type { RestOfWords } from '../fi/index.ts';
import { adding } from './adding.ts';
import { attachment } from './attachment.ts';
import { board } from './board.ts';
import { desk } from './desk.ts';
import { documents } from './documents.ts';
import { reports } from './reports.ts';
import { admin } from './admin.ts';
import { caseFile } from './caseFile.ts';
import { checkIn } from './checkIn.ts';
import { clientForm } from './clientForm.ts';
import { clients } from './clients.ts';
import { entries } from './entries.ts';
import { fields } from './fields.ts';
import { goal } from './goal.ts';
import { handOver } from './handOver.ts';
import { help } from './help.ts';
import { reviewQueue } from './reviewQueue.ts';
import { importing } from './importing.ts';
import { intake } from './intake.ts';
import { kind } from './kind.ts';
import { ledger } from './ledger.ts';
import { openings } from './openings.ts';
import { outbox } from './outbox.ts';
import { provider } from './provider.ts';
import { rating } from './rating.ts';
import { reminders } from './reminders.ts';
import { samePerson } from './samePerson.ts';
import { search } from './search.ts';
import { secondFactor } from './secondFactor.ts';
import { settings } from './settings.ts';
import { setUp } from './setUp.ts';
import { unreadable } from './unreadable.ts';
import { lock } from './lock.ts';
import { visit } from './visit.ts';
import { week } from './week.ts';

export const rest: RestOfWords = {
  attachment,
  board,
  desk,
  documents,
  reports,
  clients,
  clientForm,
  search,
  importing,
  intake,
  kind,
  ledger,
  provider,
  rating,
  samePerson,
  openings,
  outbox,
  secondFactor,
  settings,
  setUp,
  fields,
  adding,
  caseFile,
  unreadable,
  lock,
  visit,
  goal,
  handOver,
  help,
  entries,
  reviewQueue,
  week,
  admin,
  reminders,
  checkIn,
};

export { labels };
