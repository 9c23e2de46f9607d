import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useEdits } from '@/api/court';
import { listOperations, useEntityRows, useKindCounts } from '@/api/entityRows';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { useAnnounce, useTouches } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { EntityTable } from '@/ui/EntityTable';
import { SelectField, TextField } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { AddEntityDialog } from '@/ui/records/AddEntityDialog';
import { strictest } from '@/ui/facts/standing';
import { CourtBand, StandingIn } from '@/ui/StandingIn';
import { Answer, Empty } from '@/ui/States';
import { useFilter } from '@/ui/useFilter';
import { useSettled } from '@/ui/useSettled';
import styles from '@/features/entities/entity.module.css';

interface Filter {
  readonly kind: string;
  readonly inCase: string;
  readonly text: string;
}

const noFilter: Filter = { kind: '', inCase: '', text: '' };

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (part: Partial<Filter>) => void }): ReactNode {
  const { id, cases } = useSpace();
  const { kind } = useOntology();
  const counts = useKindCounts(id, filter.inCase || null);
  return (
    <div className={styles['filters']}>
      <SelectField label={t('entities.kind')} value={filter.kind} onChange={(value) => onChange({ kind: value })}>
        <option value="">{t('entities.anyKind')}</option>
        {counts.data?.kindCounts.map((each) => <option key={each.kind} value={each.kind}>{t('entities.kindOption', { kind: kind(each.kind)?.plural ?? each.kind, n: each.count })}</option>)}
      </SelectField>
      <SelectField label={t('entities.case')} value={filter.inCase} onChange={(value) => onChange({ inCase: value })}>
        <option value="">{t('entities.anyCase')}</option>
        {cases.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
      </SelectField>
      <TextField label={t('entities.text')} type="search" value={filter.text} onChange={(value) => onChange({ text: value })} />
      {(filter.kind || filter.inCase || filter.text) && <Button look="quiet" onClick={() => onChange(noFilter)}>{t('entities.reset')}</Button>}
      <StandingIn />
    </div>
  );
}

/** All entities of the space that the reader may see, under a filter. */
export function EntitiesPage(): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const writes = useEdits('WRITE_CONTENT');
  const [filter, setFilter] = useFilter(noFilter);
  const [adding, setAdding] = useState(false);
  const changeOf = useTouches();
  const text = useSettled(filter.text.trim(), 200);
  const rows = useEntityRows(id, { kinds: filter.kind ? [filter.kind] : [], case: filter.inCase || null, text });
  const shown = useReconciled(id, rows.data?.items);
  const filtered = Boolean(filter.kind || filter.inCase || text);
  usePage({ title: t('entities.title'), path: [{ label: t('entities.title') }], handling: strictest((rows.data?.items ?? []).map(({ handling }) => handling)) });
  useAnnounce(id, 'entities');
  useRefreshOn(id, listOperations);
  const add = writes && <Button look="primary" onClick={() => setAdding(true)}><IconPlus size={16} aria-hidden />{t('entities.add')}</Button>;
  return (
    <div className={styles['page']}>
      <div className={styles['title']}><h1>{t('entities.title')}</h1>{add}</div>
      <CourtBand />
      <Filters filter={filter} onChange={setFilter} />
      <Answer of={rows} rows={14}>
        {({ items, total }) => items.length === 0
          ? <Empty text={t(filtered ? 'entities.none' : 'entities.empty')} action={filtered ? null : add} />
          : <div className={styles['list']}>
              <p className={styles['listHead']} role="status">{t('entities.found', { count: total })}</p>
              <EntityTable space={id} rows={shown} caption={t('entities.title')} changeOf={changeOf} />
              {rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
            </div>}
      </Answer>
      {adding && <AddEntityDialog inCase={filter.inCase || null} onClose={() => setAdding(false)} onAdded={(added) => void navigate(`/s/${id}/entities/${added}`)} />}
    </div>
  );
}
