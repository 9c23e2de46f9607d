import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { standingAt, type CitedPlace } from '@/features/evidence/cited/places';
import type { Cited } from '@/features/evidence/cited/useCited';
import { formatPlace } from '@/features/evidence/locator';
import { t } from '@/text/text';
import { CountryCode, StandingMark } from '@/ui/Badges';
import { howFallen } from '@/ui/facts/standing';
import styles from '@/features/evidence/cited/cited.module.css';

interface Properties {
  readonly of: CitedPlace;
  readonly cited: Cited;
  /** Whether it stands beside what it is about; else it says its place, as it does of several rows in any case. */
  readonly beside: boolean;
}

/** How many records cite a place, and of which countries; pressed, it goes there and lists them. */
export function CitedTag({ of, cited: { open, onOpen }, beside }: Properties): ReactNode {
  const tag = useRef<HTMLButtonElement>(null);
  const { count, countries } = standingAt(of);
  const { place, span } = of;
  const named = beside ? span !== undefined && span.to > span.from : span !== undefined || place.time !== undefined;
  const opened = open?.key === of.key;
  // The list takes room from the page: the tag stays in view, and takes the focus back that was in the list.
  useEffect(() => {
    const own = tag.current;
    if (!opened) return undefined;
    own?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return () => {
      if (document.activeElement === document.body) own?.focus({ preventScroll: true });
    };
  }, [opened]);
  return (
    <button ref={tag} type="button" className={styles['tag']} aria-expanded={opened} onClick={() => onOpen(opened ? null : of)}>
      <bdi dir="ltr" className={named ? styles['place'] : 'visually-hidden'}>{formatPlace(place)} </bdi>
      <span className={count > 0 ? undefined : styles['struck']}>{t('cited.records', { count: count || of.records.length })}</span>{' '}
      {countries.map((each) => <Fragment key={each}><CountryCode code={each} />{' '}</Fragment>)}
      {count === 0 && <StandingMark standing={howFallen(of.records)} count={of.records.length} />}
    </button>
  );
}
