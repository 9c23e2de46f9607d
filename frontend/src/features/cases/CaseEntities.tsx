import { useState, type ReactNode } from 'react';
import { useEntityRows, useKindCounts } from '@/api/entityRows';
import { useOntology } from '@/api/ontology';
import { useTouches } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { EntityTable } from '@/ui/EntityTable';
import { KindIcon } from '@/ui/KindIcon';
import { Panel } from '@/ui/Panel';
import { Answer } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

/** The entities of a case, by kind. */
export function CaseEntities({ space, inCase }: { readonly space: string; readonly inCase: string }): ReactNode {
  const { kind } = useOntology();
  const changeOf = useTouches();
  const [only, setOnly] = useState<string | null>(null);
  const counts = useKindCounts(space, inCase);
  const rows = useEntityRows(space, { kinds: only ? [only] : [], case: inCase, text: '' });
  const shown = useReconciled(space, rows.data?.items);
  return (
    <Panel flush title={t('cases.list')} end={rows.data ? formatCount(rows.data.total) : undefined}>
      {counts.data && counts.data.kindCounts.length > 0 && <div className={styles['kinds']}>
        {counts.data.kindCounts.map((each) => (
          <button key={each.kind} type="button" className={styles['kind']} aria-pressed={only === each.kind} onClick={() => setOnly(only === each.kind ? null : each.kind)}>
            <KindIcon kind={each.kind} size={16} />{kind(each.kind)?.plural ?? each.kind} {formatCount(each.count)}
          </button>
        ))}
      </div>}
      <Answer of={rows}>
        {({ items }) => items.length === 0
          ? <p className={styles['row']}>{t('cases.noEntities')}</p>
          : <EntityTable space={space} rows={shown} caption={t('cases.list')} changeOf={changeOf} />}
      </Answer>
      {rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
    </Panel>
  );
}
