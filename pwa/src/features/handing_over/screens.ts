/** Where it is chosen what a client is shown, as one script. */

export { default as HandOver } from './HandOver.svelte';
export { default as HandPaper } from './HandPaper.svelte';
export { default as HandRating } from './HandRating.svelte';
