/** What a team keeps an eye on: who is out, and the threats that were recorded. */

export { default as Incident } from './Incident.svelte';
export { default as IncidentRead } from './IncidentRead.svelte';
export { default as Incidents } from './Incidents.svelte';
export { default as Out } from './Out.svelte';
