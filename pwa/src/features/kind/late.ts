/** What few open, as one script: the ledger and its reader of CSV, the wheel of ratings, the days until a home. */

export { default as HomeWaited } from './HomeWaited.svelte';
export { default as Ledger } from '../ledger/Ledger.svelte';
export { default as RatingWheel } from '../rating/RatingWheel.svelte';
