import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import type { Checked, Job } from '@/features/entities/imports/queries';
import { formatCount } from '@/text/format';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import { MarkingPill } from '@/ui/Badges';
import { KindIcon } from '@/ui/KindIcon';
import { Panel } from '@/ui/Panel';
import { SourceMargin, type Margin } from '@/ui/facts/SourceMargin';
import { ValueText } from '@/ui/facts/ValueText';
import styles from '@/features/entities/imports/imports.module.css';

type Row = Checked['rows'][number];
type Statement = Row['statements'][number];

function Said({ statement, every }: { readonly statement: Statement; readonly every: readonly Statement[] }): ReactNode {
  const ontology = useOntology();
  const kinds = statement.isLink ? ontology.link(statement.kind) : ontology.kind(statement.kind);
  const typeOf = (property: string): string | undefined => kinds?.properties.find(({ name }) => name === property)?.type;
  const nameOf = (place: number | null | undefined): string => every[place ?? -1]?.values[0]?.values[0] ?? t('imports.elsewhere');
  const label = kinds?.label ?? statement.kind;
  return (
    <div className={styles['statement']}>
      {statement.isLink
        ? <strong><bdi>{nameOf(statement.source)}</bdi> {label} <bdi>{nameOf(statement.target)}</bdi></strong>
        : <><KindIcon kind={statement.kind} size={16} /><strong>{label}</strong></>}
      <dl>{statement.values.map(({ property, values }) => (
        <div key={property}>
          <dt>{kinds?.properties.find(({ name }) => name === property)?.label ?? property}</dt>
          <dd>{values.map((value) => <ValueText key={value} value={value} type={typeOf(property)} />)}</dd>
        </div>
      ))}</dl>
    </div>
  );
}

function RowSaid({ row, job }: { readonly row: Row; readonly job: Job }): ReactNode {
  const margin: Margin = {
    source: { title: job.fileName ?? '', locator: t('imports.row', { n: row.number }), importId: null, exhibit: null }, status: 'ASSERTED',
    grade: job.grade ?? null, gradeOriginal: null, handling: job.handling, authority: job.createdBy.agency,
  };
  return (
    <li className={styles['said']}>
      <div>
        {row.statements.map((statement, at) => <Said key={at} statement={statement} every={row.statements} />)}
        {job.markings.length > 0 && <span className={styles['buttons']}>{job.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}</span>}
      </div>
      <SourceMargin record={margin} />
    </li>
  );
}

/** What would be refused among the rows tried, by column, with the first of them. */
function Faults({ checked }: { readonly checked: Checked }): ReactNode {
  if (checked.faults.length === 0) return <p className={styles['row']}>{t('imports.noFaults', { n: formatCount(checked.read) })}</p>;
  return (
    <ul aria-label={t('imports.faults')}>
      {checked.faults.map(({ column, reason, rows, first }) => (
        <li key={`${column} ${reason}`} className={`${styles['row'] ?? ''} ${styles['warn'] ?? ''}`}>
          <span className={styles['grow']}>{column && <><bdi>{column}</bdi>: </>}{serverText(reason)}</span>
          <span>{t('imports.faultRows', { count: rows, all: formatCount(checked.read), first: first.join(', ') })}</span>
        </li>
      ))}
    </ul>
  );
}

/** The first rows as fact rows, as they would come in, and what would be refused; the server reads them as the import will. */
export function CheckStep({ job, checked }: { readonly job: Job; readonly checked: Checked }): ReactNode {
  return (
    <Panel flush title={t('imports.step.check')} foot={t('imports.checkIntro', { n: checked.rows.length })}>
      <div role="status"><Faults checked={checked} /></div>
      <ul>{checked.rows.map((row) => <RowSaid key={row.number} row={row} job={job} />)}</ul>
    </Panel>
  );
}
