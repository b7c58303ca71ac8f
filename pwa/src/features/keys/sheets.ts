/** The two sheets that keys open, as one script. */

export { default as Find } from './Find.svelte';
export { default as Shortcuts } from './Shortcuts.svelte';
