import type { CanvasColours } from '@/graphview/theme';

/** What both programs of one canvas share; the scene changes it, the programs read it at each draw. */
export interface Stage {
  colours: CanvasColours;
  /** Screen pixels for one pixel at 100 %: sizes of items and widths of links shrink and grow by it. */
  scale: number;
  /** Opacity of what is not in focus: 1, or 0.35 while something is hovered. */
  dim: number;
  /** Lines under one pixel are drawn at 20 % (charts of more than 2,000 items). */
  faintThinLinks: boolean;
  /** True while the camera moves and links are left out (same charts). */
  linksHidden: boolean;
  /** Draws the picking buffers; called before a position is read from them, not at each frame. */
  readonly pickers: Set<() => void>;
}

export function flatten(colours: readonly (readonly number[])[]): Float32Array {
  return new Float32Array(colours.flat());
}
