/** A visit that a mouse or keys carry through a week, until it is put down or let go of. */

import { showToast } from '../../app/toast.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import type { Moving } from './moving.svelte.ts';

/** Where a mouse took hold of a visit. */
export interface Held {
  x: number;
  y: number;
}

interface Week<Place extends Held> {
  /** keys carry it while the focus is in here */
  within: string;
  begin: (held: Place) => Moving;
  follow: (moving: Moving, event: PointerEvent, held: Place) => void;
  /** what an arrow does; false for a key that moves nothing */
  step: (moving: Moving, key: string) => boolean;
  /** it is put down by keys */
  onlanded?: (moving: Moving) => void;
}

/** so far the pointer goes before a press is a drag */
const DRAG_BEGINS_PX = 5;
const PRIMARY_BUTTON = 1;

export class Carrying<Place extends Held> {
  moving = $state.raw<Moving | null>(null);
  /** null while keys carry it */
  held = $state.raw<Place | null>(null);
  /** a drag ends with a click, which is not a tap on the visit */
  #dragged = false;
  readonly #week: Week<Place>;

  constructor(week: Week<Place>) {
    this.#week = week;
  }

  /** Whether a press may begin a drag: a finger or a pen scrolls, a mouse drags, whoever has none has the button. */
  isPress(event: PointerEvent): boolean {
    this.#dragged = false;
    // What is carried by keys is not put down by a press somewhere else.
    if (this.moving === null) return event.button === 0 && event.pointerType === 'mouse';
    this.letGo();
    return false;
  }

  readonly onpointermove = (event: PointerEvent): void => {
    const { held } = this;
    if (held === null) return;
    // The button was let go of where nobody told.
    if (!(event.buttons & PRIMARY_BUTTON)) {
      this.letGo();
      return;
    }
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    if (this.moving === null && far < DRAG_BEGINS_PX) return;
    this.moving ??= this.#week.begin(held);
    this.#dragged = true;
    this.#week.follow(this.moving, event, held);
  };

  readonly onpointerup = (): void => {
    if (this.held !== null && this.moving !== null) void this.#putDown();
    this.held = null;
    // Put down in another place no click comes that would have ended the drag.
    setTimeout(() => (this.#dragged = false));
  };

  readonly letGo = (): void => {
    this.held = null;
    if (this.moving === null) return;
    this.moving = null;
    showToast(words.week.notMoved);
  };

  /** Space takes a visit up, arrows move it, Enter or Space puts it down. Escape lets go of a dragged one too. */
  readonly onkeydown = (event: KeyboardEvent): void => {
    const { moving } = this;
    if (moving === null) return;
    const isHere = event.target instanceof Element && event.target.closest(this.#week.within);
    if (event.key === 'Escape') this.letGo();
    else if (this.held !== null || !isHere || event.repeat) return;
    else if (event.key === 'Enter' || event.key === ' ') void this.#putDown();
    else if (!this.#week.step(moving, event.key)) return;
    event.preventDefault();
  };

  takeUp(event: KeyboardEvent, begin: () => Moving): void {
    if (event.key !== ' ' || event.repeat || this.moving !== null) return;
    event.preventDefault();
    event.stopPropagation();
    this.moving = begin();
  }

  readonly onfollow = (event: MouseEvent): void => {
    if (this.#dragged) event.preventDefault();
    this.#dragged = false;
  };

  async #putDown(): Promise<void> {
    const { moving } = this;
    if (moving !== null && this.held === null) this.#week.onlanded?.(moving);
    this.moving = null;
    await moving?.putDown();
  }
}
