/** Parts of the administration that are opened seldom, as one file: each more is named before the first screen. */

export { default as AccessLog } from './AccessLog.svelte';
export { default as OwnLists } from './OwnLists.svelte';
export { default as Retention } from './Retention.svelte';
