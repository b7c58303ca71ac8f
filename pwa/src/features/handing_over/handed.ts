/** What a client sees while they hold the phone, as one script. */

export { default as HandedFeedback } from './HandedFeedback.svelte';
export { default as HandedOver } from './HandedOver.svelte';
export { default as HandedPaper } from './HandedPaper.svelte';
export { default as HandedRating } from './HandedRating.svelte';
