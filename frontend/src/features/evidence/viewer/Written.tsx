import { useEffect, useRef, type ReactNode } from 'react';
import { isCited, type CitedPlace } from '@/features/evidence/cited/places';
import { within, type Span } from '@/features/evidence/locator';
import { direction } from '@/text/language';
import styles from '@/features/evidence/viewer/viewer.module.css';

interface Properties {
  readonly text: string;
  /** The number of the first row or line. */
  readonly first: number;
  /** What the address points to. */
  readonly marked: Span | undefined;
  /** What records cite. */
  readonly cited: readonly CitedPlace[];
  /** What stands in the margin at a place that is cited; null where there is no margin. */
  readonly tag: ((of: CitedPlace) => ReactNode) | null;
}
type Cites = Pick<Properties, 'cited' | 'tag'>;

/** Whether all of something shows within what scrolls around it. */
function isShown(element: Element, around: Element): boolean {
  const [own, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
  return own.top >= outer.top && own.bottom <= outer.bottom;
}

/** Brings what the address points to into view, and keeps it there while what is around it takes its size: not once one has scrolled away. */
function useMarked(marked: Span | undefined) {
  const holder = useRef<HTMLDivElement>(null);
  const from = marked?.from;
  useEffect(() => {
    const row = holder.current?.querySelector(`[data-n="${from ?? ''}"]`);
    const around = holder.current?.parentElement;
    if (!row || !around) return undefined;
    let [height, stays] = [around.clientHeight, true];
    const bring = (): void => {
      height = around.clientHeight;
      if (stays && !isShown(row, around)) row.scrollIntoView({ block: 'center' });
    };
    const scrolled = (): void => { if (around.clientHeight === height) stays = isShown(row, around); };
    bring();
    const observer = new ResizeObserver(bring);
    observer.observe(around);
    around.addEventListener('scroll', scrolled);
    return () => {
      observer.disconnect();
      around.removeEventListener('scroll', scrolled);
    };
  }, [from]);
  return holder;
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/u, '').split('\n');

/** What the row or line of a number looks like: the address points to it, records cite it. */
const looks = (n: number, marked: Span | undefined, cited: Properties['cited']) =>
  ({ 'data-n': n, 'data-marked': within(marked, n) || undefined, 'data-cited': isCited(cited, n) || undefined });

/** The tags of what begins at a row or line. */
const tagsAt = (n: number, { cited, tag }: Cites): ReactNode => <span className={styles['tags']} dir={direction()}>{tag && cited.filter(({ span }) => span?.from === n).map(tag)}</span>;

/** A text or a mail, line by line. */
export function Lines({ text, first, marked, ...cites }: Properties): ReactNode {
  const holder = useMarked(marked);
  const margin = cites.tag !== null && cites.cited.some(({ span }) => span);
  return (
    <div ref={holder} className={styles['lines']} data-margin={margin || undefined} dir="ltr">
      {linesOf(text).map((line, at) => (
        <div key={at} {...looks(first + at, marked, cites.cited)} className={styles['line']}>
          <span className={styles['n']} aria-hidden>{first + at}</span>
          <bdi dir="auto">{line || '\u00a0'}</bdi>
          {margin && tagsAt(first + at, cites)}
        </div>
      ))}
    </div>
  );
}

/** A table, row by row. */
export function Rows({ text, first, marked, label, ...cites }: Properties & { readonly label: string }): ReactNode {
  const holder = useMarked(marked);
  const margin = cites.tag !== null && cites.cited.some(({ span }) => span);
  const rows = linesOf(text).map((line) => line.split('\t'));
  return (
    <div ref={holder} className={styles['sheet']}>
      <table className={styles['rows']} dir="ltr">
        <caption className="visually-hidden">{label}</caption>
        <tbody>
          {rows.map((cells, at) => (
            <tr key={at} {...looks(first + at, marked, cites.cited)}>
              <th scope="row" className={styles['n']}>{first + at}</th>
              {cells.map((cell, place) => <td key={place}><bdi dir="auto">{cell}</bdi></td>)}
              {margin && <td className={styles['margin']}>{tagsAt(first + at, cites)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
