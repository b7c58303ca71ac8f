import type { Move } from '../../domain/goals.ts';
import type { IconName } from '../../components/icon_names.ts';

/** How a move is drawn; the words always stand beside it. */
export const trendIcons: Record<Move, IconName> = {
  forward: 'trending-up',
  same: 'arrow-right',
  back: 'trending-down',
};
