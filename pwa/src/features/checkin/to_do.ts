import { checkIn } from '../../app/check_in.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import type { Stage } from './stage.ts';

/** What the time asks of the person, and whom an answer reassures. */
export function toDoAt(stage: Stage): string {
  if (checkIn.isPractice) return '';
  return {
    on: '',
    soon: words.checkIn.soon,
    asked: words.checkIn.askedWhy,
    colleague: words.checkIn.colleagueTold,
    supervisor: words.checkIn.supervisorTold,
  }[stage];
}
