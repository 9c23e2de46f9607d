import { IconUpload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { useRight, useSpace } from '@/api/SpaceContext';
import { ExhibitList } from '@/features/evidence/ExhibitList';
import { ExhibitView } from '@/features/evidence/ExhibitView';
import { exhibitOperations } from '@/features/evidence/queries';
import { RegisterDialog } from '@/features/evidence/RegisterDialog';
import { UploadDialog } from '@/features/evidence/uploads/UploadDialog';
import { useDrop } from '@/features/evidence/uploads/useDrop';
import { useExhibit } from '@/features/evidence/useExhibit';
import { useFinding, type Finding } from '@/features/evidence/useFinding';
import { useAnnounce } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { strictest } from '@/ui/facts/standing';
import { usePage } from '@/ui/Page';
import { Answer, NotFound } from '@/ui/States';
import { whyOperations } from '@/ui/sight/WhyPanel';
import { useWidth } from '@/ui/useWidth';
import styles from '@/features/evidence/evidence.module.css';

/** From these widths on, in CSS px, the list has room beside the exhibit, and the exhibit's page beside what is said of it. */
const roomForList = 1000;
const roomForPanel = 680;

/** How much fits beside each other: list, page and panel; page and panel; one of them. */
export type Room = 'three' | 'two' | 'one';

function roomOf(width: number | null): Room {
  if (width === null || width >= roomForList) return 'three';
  return width >= roomForPanel ? 'two' : 'one';
}

function Open({ id, room, finding }: { readonly id: string; readonly room: Room; readonly finding: Finding }): ReactNode {
  const space = useSpace();
  const { answer, shown } = useExhibit(id);
  useAnnounce(space.id, 'exhibit', [id]);
  return <Answer of={answer}>{() => (shown ? <ExhibitView key={id} of={shown} room={room} finding={finding} /> : <NotFound />)}</Answer>;
}

/** Nothing is open: the list tells the shell about itself. */
function Closed({ handling, room, some }: { readonly handling: string | null; readonly room: Room; readonly some: boolean }): ReactNode {
  const { id } = useSpace();
  usePage({ title: t('evidence.title'), path: [{ label: t('evidence.title') }], handling });
  useAnnounce(id, 'evidence');
  return some && room === 'three' ? <p className={styles['choose']}>{t('evidence.choose')}</p> : null;
}

/** The exhibits of a space: the list, the one that is open page by page, and what is said of it. */
export function EvidencePage(): ReactNode {
  const space = useSpace();
  const { id } = useParams();
  const writes = useRight('WRITE_CONTENT');
  const [element, width] = useWidth<HTMLDivElement>();
  const room = roomOf(width);
  const finding = useFinding(space.id);
  const shown = useReconciled(space.id, finding.rows.data?.items);
  const [uploading, setUploading] = useState<readonly File[] | null>(null);
  const [registering, setRegistering] = useState(false);
  const { over, unread } = useDrop(writes, false, setUploading);
  useRefreshOn(space.id, exhibitOperations, ({ kind }) => kind === 'exhibit');
  useRefreshOn(space.id, whyOperations);
  const listed = room === 'three' || !id;
  return (
    <div ref={element} className={styles['page']} data-room={room} data-open={id ? '' : undefined}>
      {listed && <ExhibitList finding={finding} shown={shown} current={id} onUpload={() => setUploading([])} onRegister={() => setRegistering(true)} />}
      {id ? <Open id={id} room={room} finding={finding} /> : <Closed handling={strictest(shown.map(({ handling }) => handling))} room={room} some={shown.length > 0} />}
      {over && <div className={styles['drop']} aria-hidden><IconUpload size={24} />{t('upload.drop')}</div>}
      {unread && <p role="alert" className={styles['unread']}>{t('upload.unread')}</p>}
      {uploading && <UploadDialog files={uploading} inCase={finding.found.inCase} onClose={() => setUploading(null)} />}
      {registering && <RegisterDialog inCase={finding.found.inCase} onClose={() => setRegistering(false)} />}
    </div>
  );
}
