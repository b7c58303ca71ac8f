/** One script draws all declared kinds. */

export { default as Across } from './Across.svelte';
export { default as Intakes } from '../intake/Intakes.svelte';
export { default as Kind } from './Kind.svelte';
export { default as KindEdit } from './KindEdit.svelte';
export { default as KindPage } from './KindPage.svelte';
export { default as Registers } from './Registers.svelte';
