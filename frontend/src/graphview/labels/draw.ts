import type { Box } from '@/graphview/labels/place';
import type { Point } from '@/graphview/model/types';

const SANS = '"IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';
export const FONTS = {
  item: `500 11px ${SANS}`,
  selected: `600 12px ${SANS}`,
  link: `400 10.5px ${SANS}`,
  tag: '600 10px "IBM Plex Mono", monospace',
} as const;

interface LabelStyle {
  readonly font: string;
  readonly ink: string;
  readonly halo: string;
}

const FIRST_STRONG_RTL = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** The direction of a label follows its first letter, so that what was cut off ends with `…` on the right side. */
export const directionOf = (text: string): CanvasDirection => (FIRST_STRONG_RTL.test(text) ? 'rtl' : 'ltr');

/** Text in the middle of its box, with a halo in the canvas's colour. */
export function drawLabel(context: CanvasRenderingContext2D, text: string, box: Box, { font, ink, halo }: LabelStyle): void {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2 + 0.5;
  context.font = font;
  context.direction = directionOf(text);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

interface TagStyle {
  readonly fill: string;
  readonly ink: string;
  readonly line: string;
}

/** A small filled box with a code in it. */
export function drawTag(context: CanvasRenderingContext2D, text: string, box: Box, { fill, ink, line }: TagStyle): void {
  context.beginPath();
  context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 2);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
  context.font = FONTS.tag;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = ink;
  context.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5);
}

/** The number of a group's members, in the middle of its node. */
export function drawCount(context: CanvasRenderingContext2D, text: string, { x, y }: Point, ink: string): void {
  context.font = FONTS.tag;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = ink;
  context.fillText(text, x, y + 0.5);
}

/** Widths of texts, measured once for each font. Forget them when a font arrives. */
export class TextWidths {
  private readonly known = new Map<string, number>();
  private readonly context = document.createElement('canvas').getContext('2d');

  of(text: string, font: string): number {
    const key = `${font}|${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.context) this.context.font = font;
    const width = this.context?.measureText(text).width ?? text.length * 6;
    this.known.set(key, width);
    return width;
  }

  forget(): void {
    this.known.clear();
  }
}
