/** The lower half of a client's page: fetched once the upper one has been painted. */

export { default as Background } from './Background.svelte';
export { default as OfTeam } from './OfTeam.svelte';
