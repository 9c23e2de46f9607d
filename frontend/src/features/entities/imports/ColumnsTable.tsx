import type { ReactNode } from 'react';
import { useOntology, type EntityKind } from '@/api/ontology';
import { keyTypeOf, untaken, toldBy, type Plan, type Use } from '@/features/entities/imports/plan';
import type { Preview } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly preview: Preview;
  readonly plan: Plan;
  readonly onChange: (plan: Plan) => void;
}
interface Target {
  readonly letter: string;
  readonly label: string;
  readonly properties: EntityKind['properties'];
  readonly thing: boolean;
}

function useTargets(plan: Plan): readonly Target[] {
  const { kind, link } = useOntology();
  return [
    ...plan.things.map((each) => ({ letter: each.letter, label: `${each.letter} ${kind(each.kind)?.label ?? each.kind}`, properties: kind(each.kind)?.properties ?? [], thing: true })),
    ...plan.links.map((each) => ({ letter: each.letter, label: `${each.source} ${link(each.kind)?.label ?? each.kind} ${each.target}`, properties: link(each.kind)?.properties ?? [], thing: false })),
  ];
}

/** The order of day and month, or the decimal mark, of a column whose values leave it open or that people may overrule. */
function Written({ column, use, set }: { readonly column: Preview['columns'][number]; readonly use: Use; readonly set: (use: Use) => void }): ReactNode {
  const { name, dates, decimal } = column;
  const date = use.dates !== '' || (dates !== null && /date/i.test(use.property));
  if (date) {
    return (
      <select aria-label={t('imports.datesFor', { column: name })} value={use.dates} onChange={(event) => set({ ...use, dates: event.target.value })}>
        {use.dates === '' && <option value="">{t('imports.choose')}</option>}
        {(['dmy', 'mdy', 'ymd'] as const).map((order) => <option key={order} value={order}>{t(`imports.dates.${order}`)}</option>)}
      </select>
    );
  }
  if (use.decimal === '' && !(decimal === '' && /amount|balance|percentage|duration/i.test(use.property))) return null;
  return (
    <select aria-label={t('imports.decimalFor', { column: name })} value={use.decimal} onChange={(event) => set({ ...use, decimal: event.target.value })}>
      {use.decimal === '' && <option value="">{t('imports.choose')}</option>}
      {(['comma', 'point'] as const).map((mark) => <option key={mark} value={mark}>{t(`imports.decimal.${mark}`)}</option>)}
    </select>
  );
}

function Row({ column, plan, targets, onChange }: { readonly column: Preview['columns'][number]; readonly targets: readonly Target[] } & Omit<Properties, 'preview'>): ReactNode {
  const { name, samples, suggestedProperty } = column;
  const use = plan.uses[name] ?? untaken;
  const target = targets.find(({ letter }) => letter === use.of);
  const set = (next: Use): void => onChange({ ...plan, uses: { ...plan.uses, [name]: next } });
  const give = (letter: string): void => {
    const chosen = targets.find((each) => each.letter === letter);
    const fitting = chosen?.properties.find((each) => each.name === suggestedProperty) ?? chosen?.properties.find((each) => each.name === use.property) ?? chosen?.properties[0];
    const first = Boolean(chosen?.thing) && !Object.values(plan.uses).some((each) => each?.of === letter && each.key);
    set(chosen ? toldBy(letter, fitting?.name ?? '', fitting?.type ?? '', first, column) : untaken);
  };
  const say = (property: string): void => set(toldBy(use.of, property, target?.properties.find((each) => each.name === property)?.type ?? '', use.key, column));
  const tell = (key: boolean): void => {
    const things = plan.things.map((each) => (each.letter === use.of && key ? { ...each, keyType: keyTypeOf(each.kind, use.property) } : each));
    onChange({ ...plan, things, uses: { ...plan.uses, [name]: { ...use, key } } });
  };
  return (
    <tr>
      <th scope="row"><bdi>{name}</bdi></th>
      <td className={styles['samples']}>{samples.slice(0, 3).map((sample) => <div key={sample}><bdi>{sample}</bdi></div>)}</td>
      <td>
        <select aria-label={t('imports.saysFor', { column: name })} value={use.of} onChange={(event) => give(event.target.value)}>
          <option value="">{t('imports.notTaken')}</option>
          {targets.map(({ letter, label }) => <option key={letter} value={letter}>{label}</option>)}
        </select>
      </td>
      <td>
        {target && <select aria-label={t('imports.propertyFor', { column: name })} value={use.property} onChange={(event) => say(event.target.value)}>
          {target.thing && <option value="">{t('imports.notTaken')}</option>}
          {target.properties.map((each) => <option key={each.name} value={each.name}>{each.label}</option>)}
        </select>}
        {target && <Written column={column} use={use} set={set} />}
      </td>
      <td>{target && <input type="checkbox" aria-label={t('imports.keyFor', { column: name })} checked={use.key} onChange={(event) => tell(event.target.checked)} />}</td>
    </tr>
  );
}

/** Each column with three values, and what it says; columns that are not taken stay in sight. */
export function ColumnsTable({ preview, plan, onChange }: Properties): ReactNode {
  const targets = useTargets(plan);
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead><tr>
          <th scope="col">{t('imports.column')}</th><th scope="col">{t('imports.samples')}</th><th scope="col">{t('imports.says')}</th>
          <th scope="col">{t('imports.property')}</th><th scope="col">{t('imports.key')}</th>
        </tr></thead>
        <tbody>{preview.columns.map((column) => <Row key={column.name} column={column} plan={plan} targets={targets} onChange={onChange} />)}</tbody>
      </table>
    </div>
  );
}
