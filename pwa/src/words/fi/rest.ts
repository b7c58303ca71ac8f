import { caseFile } from './caseFile.ts';
import { checkIn } from './checkIn.ts';
import { clients } from './clients.ts';
import { entries } from './entries.ts';
import { fields } from './fields.ts';
import { goal } from './goal.ts';
import { help } from './help.ts';
import { held } from './held.ts';
import { outbox } from './outbox.ts';
import { reminders } from './reminders.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { visit } from './visit.ts';
import { week } from './week.ts';

export const rest = {
  clients,
  search,
  outbox,
  settings,
  fields,
  caseFile,
  visit,
  goal,
  help,
  entries,
  held,
  week,
  reminders,
  checkIn,
};
