import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { FilePicker, Sending, useUpload } from '@/features/entities/imports/FileUpload';
import type { Job } from '@/features/entities/imports/queries';
import { formatBytes } from '@/text/format';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

function Missing({ job }: { readonly job: Job }): ReactNode {
  const space = useSpace();
  const [file, setFile] = useState<File | null>(null);
  const { sent, error, send } = useUpload(space.id);
  return (
    <>
      <p>{t('imports.resend')}</p>
      <FilePicker file={file} onChange={setFile} />
      {file && sent !== null && <Sending sent={sent} all={file.size} />}
      <Problem error={error} />
      <div className={styles['buttons']}>
        <Button look="primary" disabled={!file || sent !== null} onClick={() => void (file && send(job.id, file))}>{t('imports.start')}</Button>
      </div>
    </>
  );
}

/** The source file: name, size, hash; sent again where it never arrived. */
export function FileStep({ job }: { readonly job: Job }): ReactNode {
  const space = useSpace();
  return (
    <Panel title={t('imports.step.file')} end={t(`imports.format.${job.format}`)}>
      {job.state === 'WAITING_FOR_FILE' ? <Missing job={job} /> : (
        <>
          <p><bdi>{t('imports.fileFacts', { name: job.fileName ?? '', size: formatBytes(Number(job.bytes ?? 0)) })}</bdi> <Link to={`/s/${space.id}/cases/${job.case.id}`}>{t('imports.inCase', { title: job.case.title })}</Link></p>
          {job.sha256 && <p className={styles['mono']}>{t('imports.hash')} <bdi dir="ltr">{job.sha256}</bdi></p>}
          {job.markings.length > 0 && <p className={styles['buttons']}>{job.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}</p>}
        </>
      )}
    </Panel>
  );
}
