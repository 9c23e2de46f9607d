import { IconChevronLeft } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { ExhibitPanel } from '@/features/evidence/ExhibitPanel';
import type { Room } from '@/features/evidence/EvidencePage';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { UploadTray } from '@/features/evidence/uploads/UploadTray';
import type { Finding } from '@/features/evidence/useFinding';
import { Versions } from '@/features/evidence/versions/Versions';
import { t } from '@/text/text';
import { usePage } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import styles from '@/features/evidence/evidence.module.css';

type Side = 'page' | 'about';
const sides: readonly Side[] = ['page', 'about'];

interface Properties {
  readonly of: ExhibitInfo;
  readonly room: Room;
  readonly finding: Finding;
}

/** An open exhibit: its pages in the middle, its custody and details beside them, or one after the other where there is no room. */
export function ExhibitView({ of, room, finding }: Properties): ReactNode {
  const { id } = useSpace();
  const [side, setSide] = useState<Side>(of.file ? 'page' : 'about');
  usePage({
    title: t('evidence.title'), path: [{ label: t('evidence.title'), to: `/s/${id}/evidence` }, { label: of.number }],
    handling: of.handling, markings: of.markings.map(({ name }) => name),
  });
  const back = room !== 'three' && (
    <div className={styles['back']}>
      <h1 className="visually-hidden">{t('evidence.title')}</h1>
      <Link to={`/s/${id}/evidence${finding.fragment}`}><IconChevronLeft size={16} aria-hidden className="mirrored" />{t('evidence.all')}</Link>
      {room === 'one' && <Segmented label={t('evidence.sides')} value={side} options={sides.map((value) => ({ value, label: t(`evidence.side.${value}`) }))} onChange={setSide} />}
      <div className={styles['backTray']}><UploadTray /></div>
    </div>
  );
  return (
    <>
      {back}
      {(room !== 'one' || side === 'page') && <Versions of={of} finding={finding} beside={room !== 'one'} />}
      {(room !== 'one' || side === 'about') && <ExhibitPanel of={of} />}
    </>
  );
}
