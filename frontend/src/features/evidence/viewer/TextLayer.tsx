import { useMemo, type CSSProperties, type ReactNode } from 'react';
import type { ExhibitPage } from '@/features/evidence/queries';
import styles from '@/features/evidence/viewer/viewer.module.css';

const measured = 100;
let context: CanvasRenderingContext2D | null | undefined;

/** How wide a word is at 100 px, in the letters that the layer uses; null where nothing can be measured. */
function widthOf(text: string): number | null {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return null;
  context.font = `${measured}px sans-serif`;
  return context.measureText(text).width || null;
}

/** Where a word stands, in shares of the page, and how far its letters are drawn out to fill its box. */
function place({ text, x, y, w, h }: ExhibitPage['words'][number], page: ExhibitPage): CSSProperties {
  const size = (h * page.height) / page.width;
  const natural = widthOf(text);
  const stretch = natural ? (w / ((natural / measured) * size)) : 1;
  return { left: `${x * 100}%`, top: `${y * 100}%`, fontSize: `${size * 100}cqw`, transform: `scaleX(${stretch})` };
}

/** The words of a page above its picture: not seen, but selected, copied and read out. */
export function TextLayer({ page }: { readonly page: ExhibitPage }): ReactNode {
  const words = useMemo(() => page.words.map((word) => ({ text: word.text, style: place(word, page) })), [page]);
  return (
    <div className={styles['words']} dir="ltr">
      {words.map(({ text, style }, at) => <span key={at} style={style}>{text} </span>)}
    </div>
  );
}
