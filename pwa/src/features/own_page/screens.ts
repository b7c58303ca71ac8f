/** One script for what a client is given, and for what is answered to the client. */

export { default as OwnPage } from './OwnPage.svelte';
export { default as Readers } from './Readers.svelte';
