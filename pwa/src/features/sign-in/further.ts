/** What a sign-in asks besides name and password, in one script: each file of its own would cost the first screen its name. */

export { default as Further } from './Further.svelte';
export { default as Lost } from './Lost.svelte';
export { default as Providers } from './Providers.svelte';
export { default as Returned } from './Returned.svelte';
