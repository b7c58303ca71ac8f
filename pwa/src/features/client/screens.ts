/** One script for what is entered of a client, and for a client who was entered twice. */

export { default as ClientEdit } from './ClientEdit.svelte';
export { default as SamePerson } from './SamePerson.svelte';
