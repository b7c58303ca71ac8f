import labels from 'virtual:data/en';
import type { FirstWords } from '../fi/index.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';

export const first: FirstWords = { shell, session, today };

export { labels };
