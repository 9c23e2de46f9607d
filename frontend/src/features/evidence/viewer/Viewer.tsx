import { IconChevronLeft, IconChevronRight, IconMapPin, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState, type ReactNode, type RefObject } from 'react';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { CitedHere, CitedLine } from '@/features/evidence/cited/CitedLine';
import { CitedTag } from '@/features/evidence/cited/CitedTag';
import type { CitedPlace } from '@/features/evidence/cited/places';
import { useCited, type Cited } from '@/features/evidence/cited/useCited';
import { CiteButton, CiteMark } from '@/features/evidence/citing/CiteButtons';
import { Citing } from '@/features/evidence/citing/Citing';
import { CopyButton } from '@/features/evidence/CopyButton';
import { CopyFile } from '@/features/evidence/CopyFile';
import { citation, firstOn, pageOf, spanOn, spokenAt, type Place, type Span } from '@/features/evidence/locator';
import { PagesDocument, type ExhibitInfo, type ExhibitPage, type PagesAnswer } from '@/features/evidence/queries';
import { Derived } from '@/features/evidence/viewer/Derived';
import { Player } from '@/features/evidence/viewer/Player';
import { Sheet } from '@/features/evidence/viewer/Sheet';
import { useSelected } from '@/features/evidence/viewer/useSelected';
import { useTurning } from '@/features/evidence/viewer/useTurning';
import { Lines, Rows } from '@/features/evidence/viewer/Written';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { Answer } from '@/ui/States';
import { useWidth } from '@/ui/useWidth';
import styles from '@/features/evidence/viewer/viewer.module.css';

interface Properties {
  readonly of: ExhibitInfo;
  /** The place that it opens at. */
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
  /** Where the focus must be for keys to turn pages; anywhere, where the exhibit is what the page is about. */
  readonly keysIn?: RefObject<HTMLElement | null>;
}
const lookEvery = 1500;
/** From this width on, in CSS px, a page has a margin at its end for the tags of what is cited. */
const roomForMargin = 560;
const zooms = [1, 1.5, 2, 3] as const;

/** Whether a page is a picture; else it is written out. */
const drawn = (of: ExhibitInfo): boolean => of.file?.family === 'pdf' || of.file?.family === 'image';
/** The rows of a workbook are counted on each page, as its sheets follow one another; all else is counted through. */
const countedThrough = (of: ExhibitInfo): boolean => of.file?.mediaType.startsWith('text/') ?? false;

/** What is counted on its pages; nothing on pictures. */
const countedBy = (of: ExhibitInfo): 'row' | 'line' | null => (drawn(of) ? null : of.file?.family === 'table' ? 'row' : 'line');

/** The place that is cited now: what is selected, else what the address points to, else the page. */
function citedPlace(of: ExhibitInfo, { page, first, text }: { readonly page: number; readonly first: number; readonly text: string }, selected: Span | null, place: Place | null): Place {
  if (!selected && place?.time !== undefined && spokenAt(text, first, place)) return { time: place.time };
  const word = countedBy(of);
  if (!word) return { page };
  const span = selected ?? spanOn(page, first, place, word);
  if (!span) return { page };
  return countedThrough(of) || word === 'line' ? { [word]: span } : { page, [word]: span };
}

function LocatorBar({ of, place, text = '' }: { readonly of: ExhibitInfo; readonly place: Place; readonly text?: string }): ReactNode {
  const cited = citation(of.number, place);
  return (
    <>
      <span className={styles['locator']}>
        <IconMapPin size={14} aria-hidden /><bdi dir="ltr">{cited}</bdi>
        <CopyButton text={cited} label={t('viewer.copyLocator', { text: cited })} />
      </span>
      <CiteButton place={place} text={text} />
    </>
  );
}

function Turning({ page, total, onTurn }: { readonly page: number; readonly total: number; readonly onTurn: (page: number) => void }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const turn = (): void => {
    const n = Number(typed);
    if (typed && Number.isInteger(n)) onTurn(n);
    setTyped(null);
  };
  return (
    <>
      <IconButton label={t('viewer.previous')} disabled={page <= 1} icon={<IconChevronLeft size={18} aria-hidden className="mirrored" />} onClick={() => onTurn(page - 1)} />
      <form className={styles['turning']} onSubmit={(event) => {
        event.preventDefault();
        turn();
      }}>
        <label>{t('viewer.page')} <input inputMode="numeric" dir="ltr" value={typed ?? String(page)} size={Math.max(2, String(total).length)}
          onChange={(event) => setTyped(event.target.value)} onBlur={turn} /></label>
        <span>{t('viewer.of', { n: total })}</span>
      </form>
      <IconButton label={t('viewer.next')} disabled={page >= total} icon={<IconChevronRight size={18} aria-hidden className="mirrored" />} onClick={() => onTurn(page + 1)} />
    </>
  );
}

function Zooming({ zoom, onZoom }: { readonly zoom: number; readonly onZoom: (zoom: number) => void }): ReactNode {
  const at = zooms.findIndex((each) => each === zoom);
  return (
    <>
      <IconButton label={t('viewer.smaller')} disabled={at <= 0} icon={<IconZoomOut size={18} aria-hidden />} onClick={() => onZoom(zooms[at - 1] ?? 1)} />
      <IconButton label={t('viewer.larger')} disabled={at >= zooms.length - 1} icon={<IconZoomIn size={18} aria-hidden />} onClick={() => onZoom(zooms[at + 1] ?? 3)} />
    </>
  );
}

const scrolls = { role: 'region', tabIndex: 0 } as const;

function Page({ of, shown, place, zoom, first, cited, margin }: {
  readonly of: ExhibitInfo; readonly shown: ExhibitPage; readonly place: Place | null; readonly zoom: number; readonly first: number; readonly cited: Cited; readonly margin: boolean;
}): ReactNode {
  const word = countedBy(of);
  if (!word) return <Sheet of={of} page={shown} zoom={zoom} />;
  const written = {
    text: shown.text, first, marked: spanOn(shown.number, first, place, word) ?? spokenAt(shown.text, first, place), cited: cited.places,
    tag: margin ? (each: CitedPlace) => <CitedTag key={each.key} of={each} cited={cited} beside /> : null,
  };
  return word === 'row' ? <Rows {...written} label={of.title} /> : <Lines {...written} />;
}

/** Why there is no page, in words. */
function reasonOf({ state, problem, total }: PagesAnswer): string {
  if (state === 'WAITING') return t('viewer.waiting');
  if (state === 'FAILED') return t('viewer.failed', { reason: serverText(problem) });
  return total === 0 ? t('viewer.noPages') : t('viewer.noSuchPage', { n: total });
}

function Paged({ of, place, onPlace, keysIn }: Properties): ReactNode {
  const space = useSpace();
  const asked = pageOf(place);
  const [zoom, setZoom] = useState<number>(1);
  const { holder, selected } = useSelected();
  const answer = useAsk(PagesDocument, { space: space.id, exhibit: of.id, from: asked }, {
    space: space.id, keep: true, every: (data) => (data?.exhibitPages.state === 'WAITING' ? lookEvery : false),
  });
  const total = answer.data?.exhibitPages.total ?? 0;
  const { number: seen = asked, text = '' } = answer.data?.exhibitPages.pages[0] ?? {}; // until the asked one is here, the last stays in view: that is cited
  const turn = (page: number): void => {
    if (page >= 1 && page <= total && page !== asked) onPlace({ page });
    holder.current?.scrollTo({ top: 0 });
  };
  useTurning((by) => turn(asked + by), keysIn);
  const first = countedThrough(of) || of.file?.family !== 'table' ? firstOn(seen) : 1;
  const here = citedPlace(of, { page: seen, first, text }, selected.span, place);
  const cited = useCited(of.id, { page: seen, first, by: countedBy(of) }, onPlace);
  const [frame, width] = useWidth<HTMLDivElement>();
  const margin = (width ?? 0) >= roomForMargin;
  return (
    <div ref={frame} className={styles['frame']}>
      <div className={styles['tools']}>
        {total > 0 && <Turning page={asked} total={total} onTurn={turn} />}
        {drawn(of) && total > 0 && <Zooming zoom={zoom} onZoom={setZoom} />}
        <span className={styles['space']} />
        <LocatorBar of={of} place={here} text={selected.text} />
      </div>
      {total > 0 && margin && <CitedLine cited={cited} places={cited.places.filter(({ span }) => !span)} />}
      <div ref={holder} className={styles['scroll']} aria-label={t('viewer.pages', { number: of.number })} aria-busy={seen !== asked} {...scrolls}>
        <Answer of={answer} rows={12}>
          {({ exhibitPages }) => {
            const shown = exhibitPages.pages[0];
            return shown
              ? <Page of={of} shown={shown} place={place} zoom={zoom} first={first} cited={cited} margin={margin} />
              : <div className={styles['nothing']}><p role="status">{reasonOf(exhibitPages)}</p>{exhibitPages.state === 'FAILED' && <CopyFile of={of} />}</div>;
          }}
        </Answer>
        <CiteMark place={here} of={selected} />
      </div>
      <CitedHere cited={cited} />
      {total > 0 && !margin && <CitedLine cited={cited} places={cited.places} under />}
    </div>
  );
}

function PlayedFrom({ of, from }: { readonly of: ExhibitInfo; readonly from: number | undefined }): ReactNode {
  const [time, setTime] = useState(from ?? 0);
  return (
    <>
      <div className={styles['tools']}><span className={styles['space']} /><LocatorBar of={of} place={{ time }} /></div>
      <div className={styles['scroll']}><Player of={of} from={from} onTime={(now) => setTime(Math.floor(now))} /></div>
    </>
  );
}

function Played({ of, place, onPlace }: Properties): ReactNode {
  const cited = useCited(of.id, { page: 1, first: 1, by: 'time' }, onPlace);
  return (
    <>
      <PlayedFrom key={place?.time} of={of} from={place?.time} />
      <CitedHere cited={cited} />
      <CitedLine cited={cited} places={cited.places} words="cited.inRecording" under />
    </>
  );
}

/** What is not shown, why, and what one can do instead. */
function NotShown({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { file, details } = of;
  return (
    <>
      <div className={styles['tools']}><span className={styles['space']} /><LocatorBar of={of} place={{}} /></div>
      <div className={styles['scroll']}>
        <div className={styles['nothing']}>
          <p>{file ? t('viewer.notShown', { type: file.mediaType }) : t('viewer.noFile')}</p>
          {!file && details.sealNumber && <p>{t('viewer.seal', { number: details.sealNumber })}</p>}
          {file ? <CopyFile of={of} /> : <Derived of={of} />}
        </div>
      </div>
    </>
  );
}

/** An exhibit as far as a browser shows it: pages, text, table, sound or film; what it cannot show it offers as a copy. */
export function Viewer(properties: Properties): ReactNode {
  const { of } = properties;
  const { file } = of;
  const played = file?.family === 'audio' || file?.family === 'video';
  return (
    <section className={styles['viewer']} aria-label={t('viewer.label', { number: of.number })}>
      <Citing of={of}>
        {file?.paged ? <Paged key={of.id} {...properties} /> : played ? <Played {...properties} /> : <NotShown of={of} />}
      </Citing>
    </section>
  );
}
