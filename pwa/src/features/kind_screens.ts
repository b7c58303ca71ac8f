/** One script draws all declared kinds. */

export { default as Across } from './kind/Across.svelte';
export { default as Intakes } from './intake/Intakes.svelte';
export { default as Kind } from './kind/Kind.svelte';
export { default as KindEdit } from './kind/KindEdit.svelte';
export { default as KindPage } from './kind/KindPage.svelte';
export { default as Registers } from './kind/Registers.svelte';
