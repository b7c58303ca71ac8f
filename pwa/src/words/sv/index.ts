import type { Words } from '../fi/index.ts';
import { clients } from './clients.ts';
import { fields } from './fields.ts';
import { outbox } from './outbox.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';

export const sv: Words = { shell, session, today, clients, outbox, settings, fields };
