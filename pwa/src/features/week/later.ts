/** What the week shows once it is asked for: one script, fetched while the week is looked at. */

export { default as MoveSheet } from './MoveSheet.svelte';
export { default as TeamWeek } from './TeamWeek.svelte';
