import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnection } from '@/api/connection';
import { useSpace } from '@/api/SpaceContext';
import { useLive, usePresence } from '@/live/hooks';
import { firstName, formatAge, formatExactClock } from '@/text/format';
import { t } from '@/text/text';
import { HandlingCode, MarkingPill } from '@/ui/Badges';
import { useNow } from '@/ui/ChangeLine';
import { usePageInfo } from '@/ui/Page';
import styles from '@/app/frame.module.css';

function LiveState(): ReactNode {
  const { state } = useLive();
  const { offlineSince, restartingSince } = useConnection();
  if (restartingSince) return <span className={styles['waiting']}>{t('status.restarting')}</span>;
  if (offlineSince) return <span className={`${styles['live'] ?? ''} ${styles['waiting'] ?? ''}`}><IconPlugConnectedX size={14} aria-hidden />{t('status.offline')}</span>;
  if (state !== 'live') return <span>{t('status.connecting')}</span>;
  return <span className={styles['live']}><IconPlugConnected size={14} aria-hidden />{t('status.live')}</span>;
}

/** When the page last agreed with the server: on connecting and on each change. */
function Synced(): ReactNode {
  const { state, touches } = useLive();
  const [at, setAt] = useState<Date | null>(null);
  useEffect(() => {
    if (state === 'live') setAt(new Date());
  }, [state, touches]);
  return at && <span>{t('status.synced', { time: formatExactClock(at) })}</span>;
}

/** More than five changes of one person within 10 s are one line, which selects them on the chart. */
function LastChange({ space }: { readonly space: string }): ReactNode {
  const { touches } = useLive();
  const last = touches[0];
  const now = useNow(last !== undefined);
  if (!last) return null;
  const recent = touches.filter(({ person, seenAt }) => person === last.person && last.seenAt - seenAt < 10_000);
  const name = firstName(last.name);
  return recent.length > 5
    ? <Link to={`/s/${space}/network?select=${recent.map(({ id }) => id).join('.')}`}>{t('status.changedMany', { name, count: recent.length })}</Link>
    : t(last.caption === last.name ? 'status.membership' : 'status.changed', { name, what: last.caption, age: formatAge(last.at, now) });
}

/** The line at the foot: live state, the last change of another person, what is in view. */
export function StatusBar(): ReactNode {
  const { id, members } = useSpace();
  const { handling, markings = [], counts } = usePageInfo();
  const { state } = useLive();
  const here = usePresence(id).length + 1;
  const active = members.filter(({ state }) => state === 'ACTIVE').length;
  return (
    <footer className={styles['status']}>
      <LiveState />
      <Synced />
      <span className={styles['stretch']} aria-live="off"><LastChange space={id} /></span>
      {handling && <span className={styles['inView']}><span>{t('status.strictest')}</span><HandlingCode code={handling} /></span>}
      {markings.map((name) => <span key={name} className={styles['inView']}><MarkingPill name={name} /></span>)}
      <span>{counts ?? (state === 'live' && t('status.here', { here: Math.min(here, active), members: active }))}</span>
    </footer>
  );
}
