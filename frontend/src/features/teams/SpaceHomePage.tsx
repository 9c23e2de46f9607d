import { IconScale } from '@tabler/icons-react';
import { Fragment, type CSSProperties, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useRight, useSpace } from '@/api/SpaceContext';
import { taskOperations } from '@/api/tasks';
import { ActivityPanel } from '@/features/teams/ActivityPanel';
import { AgreementPanel } from '@/features/teams/AgreementPanel';
import { HomeTasks } from '@/features/teams/HomeTasks';
import { MarkingsPanel } from '@/features/teams/MarkingsPanel';
import { MembersPanel } from '@/features/teams/MembersPanel';
import { isWithin } from '@/features/teams/standing';
import { useAnnounce } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Pill } from '@/ui/Badges';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { MentionsPanel } from '@/ui/tasks/MentionsPanel';
import styles from '@/features/teams/teams.module.css';

/** Reference numbers side by side; none is broken within. */
function References({ of }: { readonly of: readonly { readonly country: string; readonly number: string }[] }): ReactNode {
  return <bdi dir="ltr">{of.map(({ country, number }, at) => (
    <Fragment key={`${at} ${country} ${number}`}>{at > 0 && ' · '}<span className={styles['unbroken']}>{country} {number}</span></Fragment>
  ))}</bdi>;
}

function Head(): ReactNode {
  const space = useSpace();
  const people = space.members.filter((member) => isWithin(member)).length;
  const references = space.cases.flatMap((each) => each.references);
  return (
    <header className={styles['head']}>
      <span aria-hidden className={styles['bar']} style={{ '--edge': `var(--space-${space.colour})` } as CSSProperties} />
      <div className={styles['titles']}>
        <h1><bdi>{space.name}</bdi></h1>
        <p className={styles['intro']}>
          {references.length > 0 && <><References of={references} />. </>}
          {t('home.intro', { kind: t(`spaceKind.${space.kind}`), role: t(`role.${space.myRole}`) })}
        </p>
      </div>
      <dl className={styles['figures']}>
        {space.myRights.includes('READ_CONTENT') && <div className={styles['figure']}><dt>{t('home.cases')}</dt><dd>{formatCount(space.cases.length)}</dd></div>}
        <div className={styles['figure']}><dt>{t('home.people')}</dt><dd>{formatCount(people)}</dd></div>
      </dl>
    </header>
  );
}

function CasesPanel(): ReactNode {
  const { id, cases } = useSpace();
  return (
    <Panel title={t('home.cases')} icon={<IconScale size={18} aria-hidden />} end={<Link to={`/s/${id}/cases`}>{t('cases.all')}</Link>} flush>
      {cases.length === 0 && <p className={styles['row']}>{t('cases.empty')}</p>}
      {cases.map((each) => (
        <div key={each.id} className={styles['row']}>
          <div className={styles['grow']}>
            <Link to={`/s/${id}/cases/${each.id}`}><bdi>{each.title}</bdi></Link><br />
            <span className={styles['codes']}><References of={each.references} /></span>
          </div>
          {each.state === 'CLOSED' && <Pill>{t('caseState.CLOSED')}</Pill>}
          <span className={styles['second']}>{t('cases.entities', { count: each.entityCount })}</span>
        </div>
      ))}
    </Panel>
  );
}

/** Home of a space: agreement, members, cases, activity and markings. */
export function SpaceHomePage(): ReactNode {
  const space = useSpace();
  const reads = useRight('READ_CONTENT');
  usePage({ title: t('nav.home'), path: [{ label: t('nav.home') }] });
  useAnnounce(space.id, 'home');
  useRefreshOn(space.id, taskOperations);
  return (
    <>
      <Head />
      <div className={styles['grid']}>
        <div className={styles['column']}><AgreementPanel /><MembersPanel /></div>
        <div className={styles['column']}>
          {reads && <MentionsPanel reconciled={useReconciled} />}
          {reads && <HomeTasks />}
          {reads ? <CasesPanel /> : <p className={styles['second']}>{t('home.oversight')}</p>}
        </div>
        <div className={styles['column']}>
          {reads && <ActivityPanel />}
          {reads && <MarkingsPanel />}
        </div>
      </div>
    </>
  );
}
