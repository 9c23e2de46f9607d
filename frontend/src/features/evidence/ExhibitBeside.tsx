import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode, type RefObject } from 'react';
import { Link } from 'react-router';
import { exhibitAddress } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { CourtStanding } from '@/features/evidence/court/CourtStanding';
import { formatPlace, pageOf, parsePlace } from '@/features/evidence/locator';
import { exhibitOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { useExhibit } from '@/features/evidence/useExhibit';
import { useVersions } from '@/features/evidence/versions/useVersions';
import { VersionChoice } from '@/features/evidence/versions/VersionChoice';
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
  readonly onPlace: (at: string, exhibit?: string) => void;
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

/** The pages; where there are translations that the reader sees, with the choice between them and the original, at the same page. */
function Pages({ of, at, holder, chosen, onPlace, onChoose }: Pick<Properties, 'at' | 'holder' | 'onPlace'> & {
  readonly of: ExhibitInfo; readonly chosen: boolean; readonly onChoose: (id: string) => void;
}): ReactNode {
  const versions = useVersions(of);
  return (
    <>
      {versions.length > 0 && <VersionChoice versions={versions} value={of.id} focused={chosen} onChange={onChoose} />}
      <Viewer of={of} place={parsePlace(at)} onPlace={(place) => onPlace(formatPlace(place))} keysIn={holder} />
    </>
  );
}

/** An exhibit beside something else: its number and title, and its pages at the place that was asked for. */
export function ExhibitBeside({ exhibit, at, holder, onPlace, onClose }: Properties): ReactNode {
  const { id } = useSpace();
  const { answer, shown } = useExhibit(exhibit);
  useRefreshOn(id, exhibitOperations, ({ kind }) => kind === 'exhibit');
  const [chosen, setChosen] = useState('');
  const there = shown?.id === exhibit && !answer.error ? shown : null;
  const choose = (version: string): void => {
    if (version === exhibit) return;
    const place = parsePlace(at);
    setChosen(version);
    onPlace(place ? formatPlace({ page: pageOf(place) }) : '', version);
  };
  return (
    <BesidePage>
      <header className={styles['head']}>
        {there && <Head of={there} at={at} />}
        <IconButton small className={styles['close'] ?? ''} label={t('exhibit.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </header>
      <Answer of={answer}>{() => (there
        ? <Pages key={there.id} of={there} at={at} holder={holder} chosen={chosen === there.id} onPlace={onPlace} onChoose={choose} />
        : <NotFound />)}</Answer>
    </BesidePage>
  );
}
