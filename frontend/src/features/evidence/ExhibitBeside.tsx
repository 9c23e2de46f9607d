import { IconX } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { Link } from 'react-router';
import { exhibitAddress } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { CourtStanding } from '@/features/evidence/court/CourtStanding';
import { formatPlace, parsePlace } from '@/features/evidence/locator';
import { exhibitOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { useExhibit } from '@/features/evidence/useExhibit';
import { Viewer } from '@/features/evidence/viewer/Viewer';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { HandlingCode, MarkingPill } from '@/ui/Badges';
import { buttonClass, IconButton } from '@/ui/Button';
import { BesidePage, usePage } from '@/ui/Page';
import { Answer, NotFound } from '@/ui/States';
import styles from '@/features/evidence/beside.module.css';

interface Properties {
  readonly exhibit: string;
  /** A locator: "p.12 row 3". */
  readonly at: string;
  /** The place it is drawn in: keys turn its pages while the focus is there. */
  readonly holder: RefObject<HTMLElement | null>;
  readonly onPlace: (at: string) => void;
  readonly onClose: () => void;
}

function Head({ of, at }: { readonly of: ExhibitInfo; readonly at: string }): ReactNode {
  const { id } = useSpace();
  usePage({ title: '', path: [], handling: of.handling, markings: of.markings.map(({ name }) => name) });
  return (
    <>
      <div className={styles['what']}>
        <p className={styles['codes']}>
          <bdi className={styles['number']} dir="ltr">{of.number}</bdi><HandlingCode code={of.handling} />
          {of.markings.map((each) => <MarkingPill key={each.id} name={each.name} />)}<CourtStanding of={of} />
        </p>
        <h2><bdi>{of.title}</bdi></h2>
      </div>
      <Link className={buttonClass('plain', true)} to={exhibitAddress(id, of.id, at)}>{t('exhibit.open')}</Link>
    </>
  );
}

/** An exhibit beside something else: its number and title, and its pages at the place that was asked for. */
export function ExhibitBeside({ exhibit, at, holder, onPlace, onClose }: Properties): ReactNode {
  const { id } = useSpace();
  const { answer, shown } = useExhibit(exhibit);
  useRefreshOn(id, exhibitOperations, ({ kind }) => kind === 'exhibit');
  const there = shown && !answer.error ? shown : null;
  return (
    <BesidePage>
      <header className={styles['head']}>
        {there && <Head of={there} at={at} />}
        <IconButton small className={styles['close'] ?? ''} label={t('exhibit.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </header>
      <Answer of={answer}>{() => (there
        ? <Viewer of={there} place={parsePlace(at)} onPlace={(place) => onPlace(formatPlace(place))} keysIn={holder} />
        : <NotFound />)}</Answer>
    </BesidePage>
  );
}
