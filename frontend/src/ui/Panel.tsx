import { useId, type ReactNode } from 'react';
import styles from '@/ui/Panel.module.css';

interface Properties {
  readonly title: ReactNode;
  readonly icon?: ReactNode;
  /** What stands at the end of the head: a count, a link or a button. */
  readonly end?: ReactNode;
  readonly foot?: ReactNode;
  /** The content brings its own padding, as rows do. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A section with a head, on one line-bordered surface; never inside another one. */
export function Panel({ title, icon, end, foot, flush = false, children }: Properties): ReactNode {
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 id={id}>{icon}{title}</h2>
        {end !== undefined && <span className={styles['count']}>{end}</span>}
      </div>
      <div className={`${styles['body'] ?? ''} ${flush ? (styles['flush'] ?? '') : ''}`}>{children}</div>
      {foot && <div className={styles['foot']}>{foot}</div>}
    </section>
  );
}
