import { IconArrowsSplit2, IconBan, IconCheck, IconCircleDashed, IconCircleDashedX, IconLock, IconX } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import type { Standing } from '@/api/generated/graphql';
import { useTone } from '@/api/SpaceContext';
import { countryName, initials } from '@/text/format';
import { t, type TextKey } from '@/text/text';
import { originalWords } from '@/ui/gradeWords';
import styles from '@/ui/Badges.module.css';

function gradeWords(grade: string): string {
  const reliability = t(`reliability.${grade.charAt(0)}` as TextKey & `reliability.A`);
  const credibility = t(`credibility.${grade.charAt(1)}` as TextKey & `credibility.1`);
  return t('grade.title', { grade, reliability, credibility });
}

/** Source and information grade on the Admiralty scale, and beside it the grade as its source gave it; the titles say both in words. */
export function GradeCode({ grade, original }: { readonly grade: string | null | undefined; readonly original?: string | null | undefined }): ReactNode {
  const words = grade && /^[A-F][1-6]$/.test(grade) ? gradeWords(grade) : t('grade.none');
  return (
    <>
      <bdi className={styles['code']} dir="ltr" title={words}>{grade ?? t('grade.ungraded')}</bdi>
      {original && <bdi className={`${styles['code'] ?? ''} ${styles['original'] ?? ''}`} dir="ltr" title={t('grade.original', { text: originalWords(original) })}>{original}</bdi>}
    </>
  );
}

const handlingKeys = { H0: 'handling.H0', H1: 'handling.H1', H2: 'handling.H2', H3: 'handling.H3' } as const;

export function HandlingCode({ code }: { readonly code: string }): ReactNode {
  const key = (handlingKeys as Partial<Record<string, (typeof handlingKeys)[keyof typeof handlingKeys]>>)[code];
  return <bdi className={`${styles['code'] ?? ''} ${styles[code] ?? ''}`} dir="ltr" title={key ? t(key) : code}>{code}</bdi>;
}

export function CountryCode({ code }: { readonly code: string }): ReactNode {
  return <bdi className={styles['country']} dir="ltr" title={countryName(code)}>{code}</bdi>;
}

export function MarkingPill({ name }: { readonly name: string }): ReactNode {
  return (
    <span className={styles['pill']} title={t('marking.title', { name })}>
      <IconLock size={12} aria-hidden />
      <span><bdi>{name}</bdi></span>
    </span>
  );
}

/** A small pill for states that are no marking. */
export function Pill({ icon, children }: { readonly icon?: ReactNode; readonly children: ReactNode }): ReactNode {
  return <span className={styles['pill']}>{icon}<span>{children}</span></span>;
}

interface PersonProperties {
  readonly name: string;
  readonly country: string;
  readonly small?: boolean;
  /** Shows the dot of somebody who is here now. */
  readonly here?: boolean;
}

/** A colleague: initials in their country's colour, the code at the corner. */
export function PersonTag({ name, country, small = false, here = false }: PersonProperties): ReactNode {
  const tone = useTone(country);
  const style = { '--tone': `var(--person-${tone})` } as CSSProperties;
  return (
    <span className={`${styles['person'] ?? ''} ${small ? (styles['small'] ?? '') : ''}`} style={style} aria-hidden>
      {initials(name)}
      {!small && <span className={styles['corner']}>{country}</span>}
      {here && <span className={styles['dot']} />}
    </span>
  );
}

interface StandingProperties {
  readonly standing: Standing;
  /** How many records say so. */
  readonly count: number;
  readonly weak?: boolean;
}

/** How a value stands: icon and words, never colour alone. */
export function StandingMark({ standing, count, weak = false }: StandingProperties): ReactNode {
  const look = (tone: string | undefined, icon: ReactNode, words: string): ReactNode =>
    <span className={`${styles['standing'] ?? ''} ${tone ?? ''}`}>{icon}{words}</span>;
  switch (standing) {
    case 'AGREE': return look(styles['agree'], <IconCheck size={14} aria-hidden />, t('standing.agree', { count }));
    case 'ONE_SOURCE': return look('', <IconCircleDashed size={14} aria-hidden />, weak ? t('standing.tentative') : t('standing.oneSource'));
    case 'CONFLICT': return look(styles['warn'], <IconArrowsSplit2 size={14} aria-hidden className="mirrored" />, t('standing.conflict', { count }));
    case 'RETRACTED': return look('', <IconX size={14} aria-hidden />, t('standing.retracted'));
    case 'RESERVED': return look(styles['court'], <IconCircleDashedX size={14} aria-hidden />, t('standing.reserved'));
    case 'EXCLUDED': return look(styles['court'], <IconBan size={14} aria-hidden />, t('standing.excluded'));
    default: return standing satisfies never;
  }
}
