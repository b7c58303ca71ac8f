/**
 * Reminders, check-ins and the notice of an update, which go on beside all other screens: one script, fetched after Tänään has been painted. Each
 * file of its own would cost the first screen its name and address.
 */

export { default as UpdateNotice } from '../components/UpdateNotice.svelte';
export { follow } from './follow.svelte.ts';
export { default as Strip } from './checkin/Strip.svelte';
export { default as Reminders } from './reminders/Reminders.svelte';
export { default as AlmostFull } from './today/AlmostFull.svelte';
export { default as Waiting } from './today/Waiting.svelte';
