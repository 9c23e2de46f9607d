import { IconBan, IconGavel } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { countryName, formatList, listed } from '@/text/format';
import { t } from '@/text/text';
import styles from '@/features/evidence/court/court.module.css';

interface Properties {
  readonly of: { readonly excludedIn: readonly string[]; readonly challengedIn: readonly string[] };
}

const named = (codes: readonly string[]): string => formatList(codes.map(countryName));

/** How an exhibit stands before the courts, in icon and words; nothing where no court was asked or all was rejected. */
export function CourtStanding({ of: { excludedIn, challengedIn } }: Properties): ReactNode {
  return (
    <>
      {excludedIn.length > 0 && (
        <span className={styles['excluded']} title={t('standingIn.excluded', { countries: named(excludedIn) })}>
          <IconBan size={14} aria-hidden />{t('standingIn.excluded', { countries: listed(excludedIn) })}
        </span>
      )}
      {challengedIn.length > 0 && (
        <span className={styles['challenged']} title={t('standingIn.challenged', { countries: named(challengedIn) })}>
          <IconGavel size={14} aria-hidden />{t('standingIn.challenged', { countries: listed(challengedIn) })}
        </span>
      )}
    </>
  );
}
