import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { NewImport } from '@/features/entities/imports/NewImport';
import { ImportsDocument, type Job } from '@/features/entities/imports/queries';
import { useAnnounce } from '@/live/hooks';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatAge, formatCount } from '@/text/format';
import { t } from '@/text/text';
import { MarkingPill, Pill } from '@/ui/Badges';
import { useNow } from '@/ui/ChangeLine';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { Answer } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

const lookEvery = 2000;

function JobRow({ job, space, now }: { readonly job: Job; readonly space: string; readonly now: number }): ReactNode {
  return (
    <li className={styles['row']}>
      <div className={styles['grow']}>
        <Link to={`/s/${space}/import/${job.id}`}><strong><bdi>{job.name}</bdi></strong></Link> <span className={styles['second']}><bdi>{job.fileName}</bdi></span><br />
        <span className={styles['xs']}>{t('imports.inCase', { title: job.case.title })} · {t('imports.by', { name: job.createdBy.name, age: formatAge(job.createdAt, now) })}</span>
      </div>
      {job.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}
      <Pill>{t(`imports.state.${job.state}`)}</Pill>
      <span className={styles['second']}>{t('imports.accepted')} {formatCount(job.accepted)}</span>
      {job.rejected > 0 && <span className={`${styles['second'] ?? ''} ${styles['warn'] ?? ''}`}>{t('imports.rejected')} {formatCount(job.rejected)}</span>}
    </li>
  );
}

/** Imports of the space that the reader may see, and a new one. */
export function ImportsPage(): ReactNode {
  const { id } = useSpace();
  const mayImport = useRight('IMPORT');
  const now = useNow();
  const answer = useAsk(ImportsDocument, { space: id }, {
    space: id, every: (data) => (data?.imports.some(({ state }) => state === 'RUNNING') ? lookEvery : false),
  });
  usePage({ title: t('imports.title'), path: [{ label: t('imports.title') }] });
  useAnnounce(id, 'import');
  useRefreshOn(id, ['Imports'], ({ kind }) => kind === 'import');
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('imports.title')}</h1>
      {mayImport && <NewImport />}
      <Answer of={answer} rows={3}>
        {({ imports }) => (
          <Panel flush title={t('imports.list')} end={imports.length}>
            {imports.length === 0
              ? <p className={styles['row']}>{t('imports.empty')}</p>
              : <ul>{imports.map((job) => <JobRow key={job.id} job={job} space={id} now={now} />)}</ul>}
          </Panel>
        )}
      </Answer>
    </div>
  );
}
