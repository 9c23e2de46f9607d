import { useEffect, useRef, type ReactNode } from 'react';
import { within, type Span } from '@/features/evidence/locator';
import styles from '@/features/evidence/viewer/viewer.module.css';

interface Properties {
  readonly text: string;
  /** The number of the first row or line. */
  readonly first: number;
  /** What the address points to. */
  readonly marked: Span | undefined;
}

/** Brings what the address points to into view. */
function useMarked(marked: Span | undefined) {
  const holder = useRef<HTMLDivElement>(null);
  const from = marked?.from;
  useEffect(() => {
    if (from !== undefined) holder.current?.querySelector(`[data-n="${from}"]`)?.scrollIntoView({ block: 'center' });
  }, [from]);
  return holder;
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/u, '').split('\n');

/** A text or a mail, line by line. */
export function Lines({ text, first, marked }: Properties): ReactNode {
  const holder = useMarked(marked);
  return (
    <div ref={holder} className={styles['lines']} dir="ltr">
      {linesOf(text).map((line, at) => (
        <div key={at} data-n={first + at} data-marked={within(marked, first + at) || undefined} className={styles['line']}>
          <span className={styles['n']} aria-hidden>{first + at}</span>
          <bdi dir="auto">{line || '\u00a0'}</bdi>
        </div>
      ))}
    </div>
  );
}

/** A table, row by row. */
export function Rows({ text, first, marked, label }: Properties & { readonly label: string }): ReactNode {
  const holder = useMarked(marked);
  const rows = linesOf(text).map((line) => line.split('\t'));
  return (
    <div ref={holder} className={styles['sheet']}>
      <table className={styles['rows']} dir="ltr">
        <caption className="visually-hidden">{label}</caption>
        <tbody>
          {rows.map((cells, at) => (
            <tr key={at} data-n={first + at} data-marked={within(marked, first + at) || undefined}>
              <th scope="row" className={styles['n']}>{first + at}</th>
              {cells.map((cell, place) => <td key={place}><bdi dir="auto">{cell}</bdi></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
