/** What few open, as one script: the ledger and its reader of CSV, the wheel of ratings. */

export { default as Ledger } from '../ledger/Ledger.svelte';
export { default as RatingWheel } from '../rating/RatingWheel.svelte';
