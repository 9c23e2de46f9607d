import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import type { Hit } from '@/features/entities/search/hits';
import { pieces, reasons } from '@/features/entities/search/why';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { CountryCode, GradeCode, HandlingCode, StandingMark } from '@/ui/Badges';
import { isFallen } from '@/ui/facts/standing';
import { sourceText } from '@/ui/facts/sourceText';
import { ValueText } from '@/ui/facts/ValueText';
import styles from '@/features/entities/search/search.module.css';

/** The date for which it was found, where the filters ask for one: of the record that matched, or of a link, with its other end and source. */
function StatedDate({ stated }: { readonly stated: NonNullable<Hit['stated']> }): ReactNode {
  const link = useOntology().link(stated.kind);
  const verb = (stated.outward ? link?.label : link?.reverse) ?? stated.kind;
  return (
    <span className={styles['reason']}>
      {propertyName(stated.property, stated.label)}: <mark><ValueText value={stated.value} type="date" /></mark>
      {stated.other && <> {t('search.statedLink', { link: verb, other: stated.other.caption, source: sourceText(stated.record) })}</>}
    </span>
  );
}

/** Which value of which record matched, its words marked, and why where that is not plain to see. */
export function Why({ hit }: { readonly hit: Hit }): ReactNode {
  return (
    <span className={styles['why']}>
      {propertyName(hit.property, hit.label)}: <bdi>{pieces(hit.matched, hit.why).map(({ text, marked }, at) => (marked ? <mark key={at}>{text}</mark> : text))}</bdi>
      {reasons(hit.why).map((reason) => <span key={reason} className={styles['reason']}>{reason}</span>)}
      <span className={styles['reason']}>{t('search.in', { source: sourceText(hit.record) })}</span>
      {hit.stated && <StatedDate stated={hit.stated} />}
    </span>
  );
}

/** How good the record is, how it is to be handled, and whose it is. */
export function HitMargin({ record }: { readonly record: Hit['record'] }): ReactNode {
  return (
    <span className={styles['margin']}>
      {isFallen(record.status) && <StandingMark standing={record.status} count={1} />}
      <GradeCode grade={record.grade} original={record.gradeOriginal} /><HandlingCode code={record.handling} /><CountryCode code={record.country} />
    </span>
  );
}
