/** How much of the handbook's style a chart of this size shows (§5, level of detail). */
export interface DetailLevel {
  readonly name: 'full' | 'large' | 'huge';
  /** At most so many labels beside those that are always shown. */
  readonly labels: number;
  /** Links thinner than a pixel are drawn at 20 %. */
  readonly faintThinLinks: boolean;
  /** Links and labels are left out while the picture moves. */
  readonly calmWhileMoving: boolean;
  /** Strength becomes opacity instead of a pattern. */
  readonly strengthAsOpacity: boolean;
  /** Moves up to this size are animated. */
  readonly animated: boolean;
}

export function detailLevel(items: number, links: number): DetailLevel {
  const strengthAsOpacity = links > 5000;
  const animated = items <= 500;
  if (items <= 500) return { name: 'full', labels: Infinity, faintThinLinks: false, calmWhileMoving: false, strengthAsOpacity, animated };
  if (items <= 2000) return { name: 'large', labels: 80, faintThinLinks: false, calmWhileMoving: false, strengthAsOpacity, animated };
  return { name: 'huge', labels: 40, faintThinLinks: true, calmWhileMoving: true, strengthAsOpacity, animated };
}
