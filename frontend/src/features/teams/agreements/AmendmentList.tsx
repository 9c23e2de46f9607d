import { IconFilePencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AgreementInfo } from '@/api/SpaceContext';
import { formatDate, formatMoment, listed } from '@/text/format';
import { t } from '@/text/text';
import styles from '@/features/teams/teams.module.css';

type Amendment = AgreementInfo['amendments'][number];
type Terms = Amendment['before'];

const shown: readonly { readonly label: 'amendment.state' | 'agreement.purpose' | 'agreement.partiesField' | 'agreement.from' | 'agreement.to'; readonly of: (terms: Terms) => string }[] = [
  { label: 'amendment.state', of: ({ state }) => t(`agreementState.${state}`) },
  { label: 'agreement.purpose', of: ({ purpose }) => purpose },
  { label: 'agreement.partiesField', of: ({ parties }) => listed(parties) },
  { label: 'agreement.from', of: ({ validFrom }) => formatDate(validFrom) },
  { label: 'agreement.to', of: ({ validTo }) => formatDate(validTo) },
];

/** What changed, as "To: 10 Apr 2027 → 30 Jun 2027". */
function changes({ before, after }: Amendment): { label: string; before: string; after: string }[] {
  return shown
    .map(({ label, of }) => ({ label: t(label), before: of(before), after: of(after) }))
    .filter((change) => change.before !== change.after);
}

/** Every change of the agreement, the newest first: what it said, what it says, who, when and why. */
export function AmendmentList({ agreement }: { readonly agreement: AgreementInfo }): ReactNode {
  const { amendments } = agreement;
  if (amendments.length === 0) return null;
  return (
    <details className={styles['amendments']}>
      <summary><IconFilePencil size={16} aria-hidden /> {t('agreement.amendments')} <span className={styles['xs']}>{amendments.length}</span></summary>
      <ol reversed>
        {amendments.toReversed().map((each) => (
          <li key={each.id}>
            <span className={styles['xs']}>{t('amendment.by', { name: each.by.name, country: each.by.agency.country, when: formatMoment(each.at) })}</span>
            {changes(each).map(({ label, before, after }) => (
              <span key={label} className={styles['change']}>{label}: <bdi>{before}</bdi> <span className="mirrored">→</span> <strong><bdi>{after}</bdi></strong></span>
            ))}
            <span className={styles['second']}><bdi>{each.reason}</bdi></span>
          </li>
        ))}
      </ol>
    </details>
  );
}
