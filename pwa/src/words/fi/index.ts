import labels from 'virtual:data/fi';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';
import type { rest } from './rest.ts';

/** What is said up to the first Tänään; the `rest` follows with the first other screen. */
export const first = { shell, session, today };

export { labels };

export type FirstWords = typeof first;
export type RestOfWords = typeof rest;
/** What every language must say. */
export type Words = FirstWords & RestOfWords;
