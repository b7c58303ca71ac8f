/** What pages of records show of attachments, as one script. */

export { default as Attachments } from './Attachments.svelte';
export { default as Picture } from './Picture.svelte';
