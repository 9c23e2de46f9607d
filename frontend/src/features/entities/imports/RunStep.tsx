import { IconTopologyStar3 } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CancelImport, CheckFile, ContinueImport, importOperations, StartImport, type Job } from '@/features/entities/imports/queries';
import { RefusedRows } from '@/features/entities/imports/RefusedRows';
import { UndoDialog } from '@/features/entities/imports/UndoDialog';
import { formatCount, formatShare } from '@/text/format';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import { Button, buttonClass } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly job: Job;
  /** FollowTheMoney mapping for a table; null for FollowTheMoney JSON lines and for an import that has begun. */
  readonly mapping: string | null;
  /** False while the columns are not yet given. */
  readonly ready: boolean;
}

function Outcome({ job }: { readonly job: Job }): ReactNode {
  return (
    <div role="status">
      {job.state === 'CHECKED' && <p>{t('imports.checkedText', { count: job.accepted })}</p>}
      {job.state === 'UPLOADED' && job.problem && <p className={styles['warn']}>{serverText(job.problem)}</p>}
      {(job.state === 'UNDOING' || job.state === 'UNDONE') && <p>{t(job.state === 'UNDONE' ? 'imports.undoneText' : 'imports.undoingText', { share: formatShare(job.undone ?? 0), reason: job.undoReason ?? '' })}</p>}
      {job.state === 'DONE' && <p>{t('imports.doneText', { count: job.accepted })}</p>}
      {job.state === 'CANCELLED' && <p>{t('imports.cancelled', { n: job.accepted })}</p>}
      {job.state === 'FAILED' && <p className={styles['warn']}>{t('imports.stopped', { problem: serverText(job.problem ?? ''), n: job.accepted })}</p>}
      {job.state !== 'RUNNING' && job.state !== 'CHECKING' && job.rejected > 0 && <p className={styles['warn']}>{t('imports.refusedText', { count: job.rejected })}</p>}
    </div>
  );
}

function Figures({ job }: { readonly job: Job }): ReactNode {
  return (
    <>
      <progress className={styles['progress']} value={job.state === 'DONE' ? 1 : job.progress} max={1} aria-label={t('imports.progress')} />
      <dl className={styles['figures']}>
        <div><dt>{t('imports.read')}</dt><dd>{formatCount(job.rowsRead)}</dd></div>
        <div><dt>{t('imports.accepted')}</dt><dd>{formatCount(job.accepted)}</dd></div>
        <div><dt>{t('imports.rejected')}</dt><dd className={job.rejected > 0 ? styles['refused'] : undefined}>{formatCount(job.rejected)}</dd></div>
      </dl>
    </>
  );
}

/** Starts, watches, cancels and continues an import; cancelling keeps what is in and says so. */
export function RunStep({ job, mapping, ready }: Properties): ReactNode {
  const space = useSpace();
  const mayImport = useRight('IMPORT');
  const done = (): Promise<void> => refresh(space.id, importOperations);
  const start = useAct(StartImport, done);
  const cancel = useAct(CancelImport, done);
  const goOn = useAct(ContinueImport, done);
  const check = useAct(CheckFile, done);
  const [undoing, setUndoing] = useState(false);
  const mayUndo = useMe().agency.id === job.createdBy.agency.id && ['DONE', 'CANCELLED', 'FAILED'].includes(job.state);
  const busy = start.isPending || check.isPending || cancel.isPending || goOn.isPending;
  const of = { space: space.id, id: job.id };
  const begun = job.state !== 'UPLOADED' && job.state !== 'CHECKED';
  const works = job.state === 'RUNNING' || job.state === 'CHECKING';
  return (
    <Panel title={t('imports.step.import')} end={begun ? t(`imports.state.${job.state}`) : undefined}>
      {job.state !== 'UPLOADED' && <Figures job={job} />}
      {works && <p className={styles['second']}>{t('imports.rate', { n: Math.round(job.rowsPerSecond) })}</p>}
      <Outcome job={job} />
      <Problem error={start.error ?? check.error ?? cancel.error ?? goOn.error} />
      <div className={styles['buttons']}>
        {mayImport && !begun && <Button look="primary" disabled={!ready || busy} onClick={() => start.mutate({ ...of, mapping })}>{t('imports.begin')}</Button>}
        {mayImport && !begun && <Button disabled={!ready || busy} onClick={() => check.mutate({ ...of, mapping })}>{t('imports.checkFile')}</Button>}
        {mayImport && works && <Button disabled={busy} onClick={() => cancel.mutate(of)}>{t(job.state === 'CHECKING' ? 'imports.cancelCheck' : 'imports.cancel')}</Button>}
        {mayImport && (job.state === 'CANCELLED' || job.state === 'FAILED') && <Button look="primary" disabled={busy} onClick={() => goOn.mutate(of)}>{t('imports.continue')}</Button>}
        {job.rejected > 0 && <RefusedRows space={space.id} importId={job.id} />}
        {mayImport && mayUndo && <Button onClick={() => setUndoing(true)}>{t('imports.undo')}</Button>}
        {begun && job.accepted > 0 && <Link className={buttonClass()} to={`/s/${space.id}/network?case=${job.case.id}&import=${job.id}`}><IconTopologyStar3 size={16} aria-hidden />{t('imports.toNetwork')}</Link>}
      </div>
      {undoing && <UndoDialog job={job} onClose={() => setUndoing(false)} />}
    </Panel>
  );
}
