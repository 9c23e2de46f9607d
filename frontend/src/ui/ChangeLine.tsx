import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { useTone } from '@/api/SpaceContext';
import { firstName, formatAge, shortName } from '@/text/format';
import { t } from '@/text/text';
import styles from '@/ui/ChangeLine.module.css';

/** Who changed something and when; `live/hooks` knows it as a touch. */
export interface ChangeBy {
  readonly name: string;
  readonly country: string;
  readonly at: string;
  /** False once the edge has faded; the line stays until it was seen. */
  readonly fresh?: boolean;
}

/** The present moment in milliseconds, told again every second while `running`. */
export function useNow(running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** "Eglė changed this, 40 s ago", in her colour; brief where the place says what: "E. Tamulytė, 40 s ago". */
export function ChangeLine({ change, brief = false }: { readonly change: ChangeBy; readonly brief?: boolean }): ReactNode {
  const tone = useTone(change.country);
  const now = useNow();
  return (
    <span className={styles['line']} style={{ '--tone': `var(--person-${tone})` } as CSSProperties}>
      {brief
        ? t('change.brief', { name: shortName(change.name), age: formatAge(change.at, now) })
        : t('change.added', { name: firstName(change.name), age: formatAge(change.at, now) })}
    </span>
  );
}

/** Class and style of the 3 px start edge of something another person just changed. */
export function useEdge(change: ChangeBy | null): { className: string; style: CSSProperties } {
  const tone = useTone(change?.country ?? '');
  return change && change.fresh !== false
    ? { className: styles['edge'] ?? '', style: { '--tone': `var(--person-${tone})` } as CSSProperties }
    : { className: '', style: {} };
}
