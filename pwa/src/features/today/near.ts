/** What the opened visit shows of the case file, and how its client is reached: fetched after the visit itself has been painted. */

export { default as Calls } from '../../components/Calls.svelte';
export { default as LateText } from './LateText.svelte';
export { default as VisitFile } from './VisitFile.svelte';
