import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { exhibitAddress } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import type { Citation } from '@/features/evidence/court/queries';
import { SubjectIcon, SubjectName } from '@/features/evidence/court/Subject';
import { t } from '@/text/text';
import { CountryCode, GradeCode, StandingMark } from '@/ui/Badges';
import { isFallen } from '@/ui/facts/standing';
import styles from '@/features/evidence/court/court.module.css';

function Status({ of }: { readonly of: Citation['status'] }): ReactNode {
  switch (of) {
    case 'RETRACTED': case 'EXCLUDED': case 'RESERVED': return <StandingMark standing={of} count={1} />;
    case 'DISPUTED': return <span className={styles['warned']}>{t('cited.disputed')}</span>;
    case 'ASSERTED': case 'CORROBORATED': return <span className={styles['stands']}><IconCheck size={14} aria-hidden />{t('cited.stands')}</span>;
    default: return of satisfies never;
  }
}

/** A record that cites an exhibit: of what, and whether it stands; where in it, as a link, in a list of more than one place. */
export function CitationRow({ of, exhibit }: { readonly of: Citation; readonly exhibit?: string }): ReactNode {
  const { id } = useSpace();
  const fallen = isFallen(of.status);
  return (
    <li className={styles['citation']}>
      <SubjectIcon of={of.subject} />
      <div className={styles['cites']}>
        <p className={fallen ? styles['struck'] : undefined}><SubjectName of={of.subject} /></p>
        <p className={styles['codes']}>
          {exhibit && <Link to={exhibitAddress(id, exhibit, of.locator)}><bdi dir={of.locator ? 'ltr' : undefined} className={styles['locator']}>{of.locator || t('cited.whole')}</bdi></Link>}
          <GradeCode grade={of.grade} /><CountryCode code={of.authority.country} /><span className={styles['end']}><Status of={of.status} /></span>
        </p>
      </div>
    </li>
  );
}
