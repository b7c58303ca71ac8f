/** What few open, as one script: the ledger and its reader of CSV, the wheel of ratings, the days until a home, why something was removed. */

export { default as HomeWaited } from './HomeWaited.svelte';
export { default as Ledger } from '../ledger/Ledger.svelte';
export { default as RatingWheel } from '../rating/RatingWheel.svelte';
export { default as VoidReason } from './VoidReason.svelte';
