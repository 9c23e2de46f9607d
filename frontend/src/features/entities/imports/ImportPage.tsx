import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useRight, useSpace } from '@/api/SpaceContext';
import { FileStep } from '@/features/entities/imports/FileStep';
import { MarkImportDialog, ReleaseImportDialog } from '@/features/entities/imports/ImportMarkingDialogs';
import { importOperations, ImportDocument, type Job } from '@/features/entities/imports/queries';
import { RunStep } from '@/features/entities/imports/RunStep';
import { TableSteps } from '@/features/entities/imports/TableSteps';
import { useAnnounce } from '@/live/hooks';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { SourceMarkings } from '@/ui/records/SourceMarkings';
import { Answer } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

const lookEvery = 1000;
const steps = ['file', 'columns', 'check', 'import'] as const;

const isTable = (job: Job): boolean => job.format !== 'FTM_JSON';
/** Columns may still be given, and nothing is in yet. */
const isOpen = (job: Job): boolean => job.state === 'UPLOADED' || job.state === 'CHECKED';
const moves: ReadonlySet<Job['state']> = new Set(['RUNNING', 'CHECKING', 'UNDOING']);

function stepOf(job: Job): (typeof steps)[number] {
  if (job.state === 'WAITING_FOR_FILE') return 'file';
  if (job.state === 'UPLOADED') return isTable(job) ? 'columns' : 'check';
  if (job.state === 'CHECKING' || job.state === 'CHECKED') return 'check';
  return 'import';
}

function Steps({ job }: { readonly job: Job }): ReactNode {
  const current = stepOf(job);
  const shown = steps.filter((step) => isTable(job) || step !== 'columns');
  return (
    <ol className={styles['steps']}>
      {shown.map((step) => <li key={step} {...(step === current ? { 'aria-current': 'step' as const } : {})}>{t(`imports.step.${step}`)}</li>)}
    </ol>
  );
}

function Content({ job }: { readonly job: Job }): ReactNode {
  const space = useSpace();
  const marks = useRight('MARK');
  const me = useMe();
  const releases = useRight('RELEASE') && job.createdBy.agency.id === me.agency.id && job.markings.length > 0;
  const [open, setOpen] = useState<'mark' | 'release' | null>(null);
  usePage({
    title: t('imports.title'), path: [{ label: t('imports.title'), to: `/s/${space.id}/import` }, { label: job.name }], markings: job.markings.map(({ name }) => name),
  });
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['title']}><bdi>{job.name}</bdi></h1>
        {marks && <Button onClick={() => setOpen('mark')}>{t('imports.mark')}</Button>}
        {releases && <Button onClick={() => setOpen('release')}>{t('imports.release')}</Button>}
      </div>
      <SourceMarkings markings={job.markings} raising={job.raising} note={t('imports.markings')} />
      <Steps job={job} />
      <FileStep job={job} />
      {isOpen(job) && (isTable(job)
        ? <TableSteps job={job} />
        : <><Panel title={t('imports.step.check')}><p>{t('imports.checkFtm')}</p></Panel><RunStep job={job} mapping={null} ready /></>)}
      {!isOpen(job) && job.state !== 'WAITING_FOR_FILE' && <RunStep job={job} mapping={null} ready />}
      {open === 'mark' && <MarkImportDialog job={job} onClose={() => setOpen(null)} />}
      {open === 'release' && <ReleaseImportDialog job={job} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** One import on one page: File, Columns, Check, Import. */
export function ImportPage(): ReactNode {
  const space = useSpace();
  const id = useParams()['id'] ?? '';
  const answer = useAsk(ImportDocument, { space: space.id, id }, {
    space: space.id, every: (data) => (data && (moves.has(data.importJob.state) || data.importJob.raising != null) ? lookEvery : false),
  });
  useAnnounce(space.id, 'import', [id]);
  useRefreshOn(space.id, importOperations, (notice) => notice.kind === 'import' && notice.id === id);
  return <Answer of={answer}>{({ importJob }) => <Content key={id} job={importJob} />}</Answer>;
}
