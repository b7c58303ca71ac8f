import { caseFile } from './caseFile.ts';
import { clients } from './clients.ts';
import { entries } from './entries.ts';
import { fields } from './fields.ts';
import { goal } from './goal.ts';
import { outbox } from './outbox.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';
import { visit } from './visit.ts';

export const fi = {
  shell,
  session,
  today,
  clients,
  outbox,
  settings,
  fields,
  caseFile,
  visit,
  goal,
  entries,
};

/** What every language must say. */
export type Words = typeof fi;
