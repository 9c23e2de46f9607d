import { IconAlertTriangle, IconPlus, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Reconciled } from '@/api/reconciled';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CourtStanding } from '@/features/evidence/court/CourtStanding';
import { ExhibitIcon } from '@/features/evidence/ExhibitIcon';
import { exhibitKinds, type ExhibitRow } from '@/features/evidence/queries';
import { DangerMark } from '@/features/evidence/ScanLine';
import { UploadTray } from '@/features/evidence/uploads/UploadTray';
import type { Finding } from '@/features/evidence/useFinding';
import { useTouches, type Shown } from '@/live/hooks';
import { formatCount, languageName, listed } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, MarkingPill } from '@/ui/Badges';
import { Button, IconButton } from '@/ui/Button';
import { ChangeLine, useEdge } from '@/ui/ChangeLine';
import { SelectField, TextField } from '@/ui/Field';
import { Answer, Empty } from '@/ui/States';
import styles from '@/features/evidence/evidence.module.css';

interface RowProperties {
  readonly row: ExhibitRow;
  readonly to: string;
  readonly current: boolean;
  readonly change: Shown | null;
}

/** How deep an exhibit is derived: its number says so. */
const depthOf = ({ number, parent }: ExhibitRow): number => (parent ? Math.min(3, number.split('.').length - 1) : 0);

function Row({ row, to, current, change }: RowProperties): ReactNode {
  const edge = useEdge(change);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li ref={item} className={edge.className} style={edge.style}>
      <Link to={to} className={styles['item']} data-depth={depthOf(row)} {...(current ? { 'aria-current': 'true' as const } : {})}>
        <ExhibitIcon kind={row.kind} derivation={row.derivation} />
        <span className={styles['itemText']}>
          <span className={styles['itemHead']}>
            <bdi className={styles['number']} dir="ltr">{row.number}</bdi>
            <span className="visually-hidden">{t(`exhibitKind.${row.kind}`)}</span>
            {row.integrityAlert && <span className={styles['alertMark']}><IconAlertTriangle size={14} aria-hidden />{t('evidence.altered')}</span>}
            <DangerMark file={row.file} />
            <span className={styles['end']}><CountryCode code={row.authority.country} /></span>
          </span>
          <bdi className={styles['itemTitle']}>{row.title}</bdi>
          {row.derivation && row.derivation !== 'OTHER' && (
            <span className={styles['xs']}>{listed([t(`derivation.${row.derivation}`), row.details.language && languageName(row.details.language)].filter(Boolean))}</span>
          )}
          <CourtStanding of={row} />
          {row.markings.length > 0 && <span className={styles['pills']}>{row.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}</span>}
        </span>
      </Link>
      {change && <span className={styles['change']}><ChangeLine change={change} /></span>}
    </li>
  );
}

function Filters({ finding: { found, set, filtered, clear } }: { readonly finding: Finding }): ReactNode {
  const { cases } = useSpace();
  return (
    <div className={styles['filters']}>
      <TextField label={t('evidence.text')} type="search" value={found.text} onChange={(text) => set({ text })} />
      <div className={styles['pair']}>
        <SelectField label={t('evidence.kind')} value={found.kind} onChange={(kind) => set({ kind })}>
          <option value="">{t('evidence.any')}</option>
          {exhibitKinds.map((each) => <option key={each} value={each}>{t(`exhibitKind.${each}`)}</option>)}
        </SelectField>
        <SelectField label={t('evidence.inCase')} value={found.inCase} onChange={(inCase) => set({ inCase })}>
          <option value="">{t('evidence.any')}</option>
          {cases.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
        </SelectField>
      </div>
      {filtered && <Button small look="quiet" onClick={clear}>{t('evidence.reset')}</Button>}
    </div>
  );
}

interface Properties {
  readonly finding: Finding;
  readonly shown: Reconciled<readonly ExhibitRow[]>;
  readonly current: string | undefined;
  readonly onUpload: () => void;
  readonly onRegister: () => void;
}

/** The exhibits of the space that the reader sees, what was derived from one below it; at the head what brings in more. */
export function ExhibitList({ finding, shown, current, onUpload, onRegister }: Properties): ReactNode {
  const space = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const changeOf = useTouches();
  const { rows, filtered, fragment } = finding;
  const upload = writes && <Button small onClick={onUpload}><IconUpload size={16} aria-hidden />{t('evidence.upload')}</Button>;
  return (
    <div className={styles['list']}>
      <div className={styles['listHead']}>
        <h1>{t('evidence.exhibits')} {rows.data && <span className={styles['count']} role="status">{formatCount(rows.data.total)}</span>}</h1>
        {upload}
        {writes && <IconButton small look="plain" label={t('evidence.register')} icon={<IconPlus size={16} aria-hidden />} onClick={onRegister} />}
      </div>
      <Filters finding={finding} />
      <UploadTray />
      <Answer of={rows} rows={6}>
        {() => shown.length === 0
          ? <Empty text={t(filtered ? 'evidence.none' : 'evidence.empty')} action={filtered || !writes ? null : <Button look="primary" onClick={onUpload}>{t('evidence.uploadFiles')}</Button>} />
          : <ul className={styles['items']} aria-label={t('evidence.exhibits')}>
              {shown.map((row) => <Row key={row.id} row={row} to={`/s/${space.id}/evidence/${row.id}${fragment}`} current={row.id === current} change={changeOf(row.id)} />)}
            </ul>}
      </Answer>
      {rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
    </div>
  );
}
