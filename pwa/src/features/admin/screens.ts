/** What an administrator does now and then: one script. */

export { default as DataApi } from './DataApi.svelte';
export { default as Import } from './Import.svelte';
