import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { CheckLine } from '@/features/evidence/CheckLine';
import { CopyButton } from '@/features/evidence/CopyButton';
import { details } from '@/features/evidence/draft';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { ScanLine } from '@/features/evidence/ScanLine';
import { formatBytes, formatMoment, formatZoned, languageName } from '@/text/format';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { WhyPanel } from '@/ui/sight/WhyPanel';
import styles from '@/features/evidence/evidence.module.css';

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Others({ label, of }: { readonly label: string; readonly of: ExhibitInfo['sameFile'] }): ReactNode {
  const { id } = useSpace();
  return of.length > 0 && (
    <Fact label={label}>
      <ul>{of.map((each) => <li key={each.id}><Link to={`/s/${id}/evidence/${each.id}`}><bdi dir="ltr" className={styles['number']}>{each.number}</bdi> <bdi>{each.title}</bdi></Link></li>)}</ul>
    </Fact>
  );
}

const lines = (all: readonly string[]): ReactNode => <ul>{all.map((each) => <li key={each}><bdi>{each}</bdi></li>)}</ul>;

/** Everything that is said of an exhibit, row by row; what nobody said is left out. */
export function DetailsTab({ of, onEdit }: { readonly of: ExhibitInfo; readonly onEdit: (() => void) | null }): ReactNode {
  const { id } = useSpace();
  const { file } = of;
  return (
    <div className={styles['details']}>
      {onEdit && <Button small onClick={onEdit}><IconPencil size={16} aria-hidden />{t('exhibit.edit')}</Button>}
      <dl className={styles['facts']}>
        <Fact label={t('evidence.kind')}>{t(`exhibitKind.${of.kind}`)}</Fact>
        <Fact label={t('evidence.inCase')}>{of.case ? <Link to={`/s/${id}/cases/${of.case.id}`}><bdi>{of.case.title}</bdi></Link> : t('ui.none')}</Fact>
        <Fact label={t('exhibit.authority')}><bdi>{of.authority.name}</bdi> <CountryCode code={of.authority.country} /></Fact>
        <Fact label={t('exhibit.custodian')}><bdi>{of.custodian.name}</bdi> <CountryCode code={of.custodian.country} /></Fact>
        <Fact label={t('exhibit.acquired')}><bdi>{formatZoned(of.acquiredAt, of.acquiredZone)}</bdi></Fact>
        {of.createdBy && <Fact label={t('exhibit.registered')}><bdi>{of.createdBy.name}</bdi> <CountryCode code={of.createdBy.agency.country} /> {formatMoment(of.createdAt)}</Fact>}
        {file && <Fact label={t('exhibit.file')}><bdi>{file.name}</bdi></Fact>}
        {file && <Fact label={t('exhibit.size')}>{formatBytes(Number(file.bytes))} · <bdi dir="ltr">{file.mediaType}</bdi></Fact>}
        {file && <Fact label={t('exhibit.hash')}><bdi dir="ltr" className={styles['mono']}>{file.sha256}</bdi> <CopyButton text={file.sha256} label={t('exhibit.copySha256')} /></Fact>}
        {file && (
          <Fact label="SHA-512">
            {file.sha512 ? <><bdi dir="ltr" className={styles['mono']}>{file.sha512}</bdi> <CopyButton text={file.sha512} label={t('exhibit.copySha512')} /></> : t('exhibit.noSha512')}
          </Fact>
        )}
        {file && <Fact label={t('check.label')}><CheckLine of={of} /></Fact>}
        {file && <Fact label={t('scan.label')}><ScanLine scan={file.scan} /></Fact>}
        {file?.archiveProblem && <Fact label={t('archive.label')}>{serverText(file.archiveProblem)}</Fact>}
        <Others label={t('exhibit.parent')} of={of.parent ? [of.parent] : []} />
        {of.derivation && <Fact label={t('exhibit.derivation')}>{t(`derivation.${of.derivation}`)}</Fact>}
        <Others label={t('exhibit.derived')} of={of.derived} />
        <Others label={t('exhibit.sameFile')} of={of.sameFile} />
        {details.filter((name) => of.details[name]).map((name) => (
          <Fact key={name} label={t(`exhibit.${name}`)}><bdi>{name === 'language' ? languageName(of.details[name]) : of.details[name]}</bdi></Fact>
        ))}
        {of.details.recipients.length > 0 && <Fact label={t('exhibit.recipients')}>{lines(of.details.recipients)}</Fact>}
        {of.details.admissibility.length > 0 && <Fact label={t('exhibit.admissibility')}>{lines(of.details.admissibility)}</Fact>}
      </dl>
      <WhyPanel of="EXHIBIT" id={of.id} markings={of.markings} />
    </div>
  );
}
