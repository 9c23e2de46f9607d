import type { ReactNode } from 'react';
import { IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAsk } from '@/api/hooks';
import { exhibitAddress } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { CitationsDocument, type Citation } from '@/features/evidence/court/queries';
import { SubjectIcon, SubjectName } from '@/features/evidence/court/Subject';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { CountryCode, GradeCode, StandingMark } from '@/ui/Badges';
import { isFallen } from '@/ui/facts/standing';
import { Answer } from '@/ui/States';
import styles from '@/features/evidence/court/court.module.css';

const citing: ReadonlySet<string> = new Set(['entity', 'link', 'record', 'merge']);

function Status({ of }: { readonly of: Citation['status'] }): ReactNode {
  switch (of) {
    case 'RETRACTED': case 'EXCLUDED': case 'RESERVED': return <StandingMark standing={of} count={1} />;
    case 'DISPUTED': return <span className={styles['warned']}>{t('cited.disputed')}</span>;
    case 'ASSERTED': case 'CORROBORATED': return <span className={styles['stands']}><IconCheck size={14} aria-hidden />{t('cited.stands')}</span>;
    default: return of satisfies never;
  }
}

function Row({ of, exhibit }: { readonly of: Citation; readonly exhibit: string }): ReactNode {
  const { id } = useSpace();
  const fallen = isFallen(of.status);
  return (
    <li className={styles['citation']}>
      <SubjectIcon of={of.subject} />
      <div className={styles['cites']}>
        <p className={fallen ? styles['struck'] : undefined}><SubjectName of={of.subject} /></p>
        <p className={styles['codes']}>
          <Link to={exhibitAddress(id, exhibit, of.locator)}><bdi dir={of.locator ? 'ltr' : undefined} className={styles['locator']}>{of.locator || t('cited.whole')}</bdi></Link>
          <GradeCode grade={of.grade} /><CountryCode code={of.authority.country} /><span className={styles['end']}><Status of={of.status} /></span>
        </p>
      </div>
    </li>
  );
}

/** The records that cite an exhibit, of those that the reader sees: of what, where in it, and whether they stand. */
export function CitedTab({ of }: { readonly of: ExhibitInfo }): ReactNode {
  const { id } = useSpace();
  const answer = useAsk(CitationsDocument, { space: id, exhibit: of.id }, { space: id });
  useRefreshOn(id, ['ExhibitCitations', 'ExhibitShown'], ({ kind }) => citing.has(kind));
  return (
    <Answer of={answer} rows={4}>
      {({ citations }) => citations.length === 0
        ? <p className={styles['quiet']}>{t('exhibit.notCited')}</p>
        : <ul className={styles['list']} aria-label={t('cited.list')}>{citations.map((each) => <Row key={each.record} of={each} exhibit={of.id} />)}</ul>}
    </Answer>
  );
}
