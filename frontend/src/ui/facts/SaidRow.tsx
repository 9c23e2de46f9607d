import { useState, type ReactNode } from 'react';
import type { RecordInfo } from '@/api/records';
import { MarkingPill, StandingMark } from '@/ui/Badges';
import { ChangeLine, useEdge, type ChangeBy } from '@/ui/ChangeLine';
import styles from '@/ui/facts/facts.module.css';
import { Reason } from '@/ui/facts/Reason';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength, isFallen, standingOf } from '@/ui/facts/standing';

interface Properties {
  readonly label: ReactNode;
  readonly records: readonly RecordInfo[];
  readonly change: ChangeBy | null;
  readonly menuOf?: ((record: RecordInfo) => ReactNode) | undefined;
  /** The value, or the other end of a tie. */
  readonly children: ReactNode;
  /** What is said beside it, under the standing. */
  readonly more?: ReactNode;
}

/** What is said at the start, who says so in the margin: the strongest source first, the others unfold at the standing. */
export function SaidRow({ label, records, change, menuOf, children, more }: Properties): ReactNode {
  const [open, setOpen] = useState(false);
  const edge = useEdge(change);
  const [strongest, ...others] = byStrength(records);
  if (!strongest) return null;
  const { standing, count, weak } = standingOf(records);
  const struck = isFallen(standing);
  const markings = new Map(records.flatMap((record) => record.markings.map(({ id, name }) => [id, name])));
  const mark = <StandingMark standing={standing} count={count} weak={weak} />;
  return (
    <>
      <div className={`${styles['row'] ?? ''} ${edge.className}`} style={edge.style}>
        <div className={styles['said']}>
          <span className={styles['label']}>{label}</span>
          <span className={`${styles['value'] ?? ''} ${struck ? (styles['struck'] ?? '') : ''}`}>{children}</span>
          {others.length > 0
            ? <button type="button" className={styles['unfold']} aria-expanded={open} onClick={() => setOpen(!open)}>{mark}</button>
            : mark}
          {struck && <Reason of={strongest} className={styles['small']} />}
          {more}
          {markings.size > 0 && <span className={styles['pills']}>{[...markings].map(([id, name]) => <MarkingPill key={id} name={name} />)}</span>}
          {change && <ChangeLine change={change} />}
        </div>
        <SourceMargin record={strongest} menu={menuOf?.(strongest)} />
      </div>
      {open && others.map((record) => (
        <div key={record.id} className={styles['row']}>
          <div className={styles['said']} />
          <SourceMargin record={record} menu={menuOf?.(record)} />
        </div>
      ))}
    </>
  );
}
