import type { ReactNode } from 'react';
import { useOntology, type EntityKind } from '@/api/ontology';
import { saidBy, type Plan } from '@/features/entities/imports/plan';
import type { Preview } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { KindIcon } from '@/ui/KindIcon';
import { Panel } from '@/ui/Panel';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly preview: Preview;
  /** Null under a pasted mapping, which only the server reads. */
  readonly plan: Plan | null;
}

function Statement({ icon, label, said, properties }: { readonly icon?: ReactNode; readonly label: string; readonly said: ReturnType<typeof saidBy>; readonly properties: EntityKind['properties'] }): ReactNode {
  const word = (property: string): string => properties.find(({ name }) => name === property)?.label ?? property;
  return (
    <div className={styles['statement']}>
      {icon}<strong>{label}</strong>
      <dl>{said.map(([property, value]) => <div key={`${property} ${value}`}><dt>{word(property)}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
    </div>
  );
}

function RowSaid({ number, row, plan, columns }: { readonly number: number; readonly row: readonly string[]; readonly plan: Plan; readonly columns: readonly string[] }): ReactNode {
  const ontology = useOntology();
  const things = plan.things.map((thing) => ({ ...thing, said: saidBy(plan, thing.letter, columns, row) })).filter(({ said }) => said.length > 0);
  return (
    <li className={styles['said']}>
      <div>
        {things.length === 0 && <span className={styles['xs']}>{t('imports.nothingSaid')}</span>}
        {things.map(({ letter, kind, said }) => (
          <Statement key={letter} icon={<KindIcon kind={kind} size={16} />} label={`${letter} ${ontology.kind(kind)?.label ?? kind}`} said={said} properties={ontology.kind(kind)?.properties ?? []} />
        ))}
        {plan.links.map(({ letter, kind, source, target }) => (
          <Statement key={letter} label={`${source} ${ontology.link(kind)?.label ?? kind} ${target}`} said={saidBy(plan, letter, columns, row)} properties={ontology.link(kind)?.properties ?? []} />
        ))}
      </div>
      <div className={styles['mono']}><bdi dir="ltr">{t('imports.row', { n: number })}</bdi></div>
    </li>
  );
}

/** The first rows as they would come in, with their row as locator; the header is row 1. */
export function CheckStep({ preview, plan }: Properties): ReactNode {
  const columns = preview.columns.map(({ name }) => name);
  return (
    <Panel flush title={t('imports.step.check')} foot={plan ? t('imports.checkIntro', { n: preview.rows.length }) : t('imports.checkPasted')}>
      {plan && <ul>{preview.rows.slice(0, 20).map((row, at) => <RowSaid key={at} number={at + 2} row={row} plan={plan} columns={columns} />)}</ul>}
    </Panel>
  );
}
