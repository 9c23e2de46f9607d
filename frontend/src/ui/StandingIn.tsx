import { IconGavel } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { lookAs, useCourt } from '@/api/court';
import { useSpace } from '@/api/SpaceContext';
import { countryName } from '@/text/format';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { Segmented } from '@/ui/Segmented';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/ui/StandingIn.module.css';

const ALL = '';
/** More countries than this are chosen from a list. */
const IN_SIGHT = 3;

/** All records, or what stands in the courts of one country of the team; `listed` where there is little room. */
export function StandingIn({ listed = false }: { readonly listed?: boolean }): ReactNode {
  const { id, countries } = useSpace();
  const court = useCourt() ?? ALL;
  const narrow = useNarrow();
  const choose = (value: string): void => lookAs(id, value || null);
  if (listed || narrow || countries.length > IN_SIGHT) {
    return (
      <select className={styles['choice']} aria-label={t('court.standingIn')} value={court} onChange={({ target }) => choose(target.value)}>
        <option value={ALL}>{t('court.all')}</option>
        {countries.map((code) => <option key={code} value={code}>{t('court.one', { country: countryName(code) })}</option>)}
      </select>
    );
  }
  return (
    <span className={styles['row']}>
      <span className={styles['label']} aria-hidden>{t('court.standingIn')}</span>
      <Segmented label={t('court.standingIn')} value={court} onChange={choose}
        options={[{ value: ALL, label: t('court.all') }, ...countries.map((code, at) => ({ value: code, label: at === 0 ? t('court.short', { country: code }) : code }))]} />
    </span>
  );
}

interface BandProperties {
  /** What of it does not stand, in words; nothing where that is not counted. */
  readonly fallen?: string;
}

/** Says whose court is asked, what does not stand there, and leads back; nothing while all records are in view. */
export function CourtBand({ fallen }: BandProperties): ReactNode {
  const { id } = useSpace();
  const court = useCourt();
  if (court === null) return null;
  return (
    <div className={styles['band']} role="status">
      <IconGavel size={16} aria-hidden />
      <span><strong>{t('court.view', { country: countryName(court) })}</strong> {fallen} {t('court.noEdits')}</span>
      <LinkButton onClick={() => lookAs(id, null)}>{t('court.back')}</LinkButton>
    </div>
  );
}
